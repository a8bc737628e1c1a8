// The words of a search, and which words of an index stand for them.
import { fold } from "./fold.js";

// So common that they tell nothing, with what is left of elided articles; the read interface
// leaves out the same.
const EMPTY = new Set(("a au aux d de des du en et l la le les ou par pour sur un une"
  + " an and by for in of on or the to with http https www").split(" "));
const MOST = 12;

// What `_` joins, as in names of variables, is one word, and several where it is taken apart.
export function split(text, apart) {
  const joined = text.normalize("NFC").replaceAll("_", apart ? " " : "");
  const found = joined.match(/[\p{L}\p{N}]+/gu) ?? [];
  const once = new Map(found.map((word) => [word.toLowerCase(), word]));
  return [...once.values()].filter((word) => !EMPTY.has(fold(word))).slice(0, MOST);
}

// What may come after a short word that is whole: "orales" is a form of "oral", "finess" not of "fine".
const ENDING = /^([lnt]?es?|[sx]|ed|ing|ly)$/;

// Whether a word that was found has the beginning that was asked for, or is another form of that
// word: of a long one, the endings may be long.
export function means(found, asked) {
  const wanted = fold(asked);
  return (fold(found).match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => {
    let alike = 0;
    while (alike < wanted.length && word[alike] === wanted[alike]) alike += 1;
    const left = wanted.length - alike;
    if (!left || /\d/.test(wanted)) return !left;
    const another = word.length > alike || ENDING.test(wanted.slice(alike));
    return (alike > 2 && left < 2) || (alike > 3 && left < 4 && another) || (alike > 4 && left <= 1.5 * alike);
  });
}
