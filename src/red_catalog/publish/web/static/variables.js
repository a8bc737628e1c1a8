// Looks for variables by name, label or description. Without this file the tables remain.
import { fold } from "./fold.js";

const box = document.getElementById("variable-search");
const input = box.querySelector("input");
const told = box.querySelector("[role=status]");
const numbers = new Intl.NumberFormat(document.documentElement.lang);
const MOST = 200;
const tables = [...document.querySelectorAll(".variables")];
let rows;

function parse(text) {
  const found = [[]];
  let cell = "", quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') { cell += c; i += 1; } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      found.at(-1).push(cell.replace(/\r$/, ""));
      cell = "";
      if (c === "\n") found.push([]);
    } else cell += c;
  }
  return found.slice(1).filter((row) => row.length > 1);
}

async function load() {
  const answer = await fetch(box.dataset.csv);
  if (!answer.ok) throw new Error(String(answer.status));
  const text = await answer.text();
  rows = parse(text.replace(/^\uFEFF/, "")).map((row) => ({ row, text: fold(row.join(" ")) }));
}

function line([table, name, title, datatype, description, , languages = ""]) {
  const tr = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  const code = document.createElement("code");
  code.textContent = name;
  head.append(code);
  // Words of several languages share a cell: none of them is that of all.
  const tongue = languages.includes("|") ? "" : languages;
  tr.append(head, ...[[title, tongue], [datatype], [description, tongue], [table]].map(([text, lang]) => {
    const td = document.createElement("td");
    td.textContent = text;
    if (text && lang) td.lang = lang;
    return td;
  }));
  return tr;
}

async function look() {
  try {
    if (!rows) await load();
  } catch {
    // It is asked for again at the next letter; the tables remain.
    told.textContent = told.dataset.failed;
    return;
  }
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  const hits = words.length ? rows.filter((r) => words.every((w) => r.text.includes(w))) : [];
  for (const table of tables) table.hidden = words.length > 0;
  const results = document.getElementById("variable-results");
  results.hidden = hits.length === 0;
  results.querySelector("tbody").replaceChildren(...hits.slice(0, MOST).map((r) => line(r.row)));
  const sentence = !words.length ? "" : !hits.length ? told.dataset.none
    : hits.length > MOST ? told.dataset.cut : told.dataset.told;
  told.textContent = sentence.replace("{most}", numbers.format(MOST))
    .replace("{n}", numbers.format(hits.length)).replace("{total}", numbers.format(rows.length));
}

let timer;
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 150); });
box.hidden = false;
