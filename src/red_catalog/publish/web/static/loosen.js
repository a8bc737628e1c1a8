// Where nothing is found: what would be without one of the words, or without the filters.
import { split } from "./words.js";

const MOST = 6;

// The searches that find something, each with its `total` and the word `left` out: none of the filters.
export async function loosen(ask, wanted) {
  const words = split(wanted.q).map(({ name }) => name);
  const ways = words.length < 2 ? [] : words.slice(0, MOST)
    .map((left) => ({ ...wanted, left, q: words.filter((word) => word !== left).join(" ") }));
  if (Object.keys(wanted.filters).length) ways.push({ ...wanted, left: "", filters: {} });
  const found = [];
  for (const way of ways) found.push({ ...way, total: (await ask(way, 0)).total });
  return found.filter(({ total }) => total);
}
