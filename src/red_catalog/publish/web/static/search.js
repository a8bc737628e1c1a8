// Search with facets. Without this file the lists remain.
import { fold } from "./fold.js";
import { loosen } from "./loosen.js";

const box = document.getElementById("search");
const browse = document.getElementById("browse");
const tongue = document.documentElement.lang;
const numbers = new Intl.NumberFormat(tongue);
const PAGE = 20;
const SHOWN = 8;

const status = make("p", { class: "lead", role: "status", id: "count" });
let turn = 0;
let typing = false;
// Whoever comes with a question is told that the answer is on its way: the lists are none.
browse.hidden = location.search.length > 1;
if (browse.hidden) status.textContent = box.dataset.waiting;
box.append(status);
box.hidden = false;
const words = await fetch(box.dataset.words).then((answer) => answer.json())
  .catch((error) => { fail(); throw error; });
const names = words.facets.map((facet) => facet.name);
const labels = Object.fromEntries(words.facets.map((f) => [f.name, Object.fromEntries(f.values)]));
let engine;

// Either an index in the browser or the read interface of the server; both answer alike:
// `search(wanted, from)` gives total, counts by facet, and the datasets of a page; `missing`: words
// that no dataset has, where that is known.
async function ask(wanted, from) {
  engine ??= import(box.dataset.engine)
    .then(({ connect }) => connect(box.dataset.root, tongue, PAGE, words));
  engine.catch(() => { engine = null; });
  return (await engine).search(wanted, from);
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const query = make("input", { id: "q", name: "q", type: "search", autocomplete: "off", maxlength: 300 });
const sort = make("select", { id: "sort", name: "sort" },
  ...words.sorts.map(([value, text]) => make("option", { value }, text)));
const chosen = make("ul", { class: "chips chosen", "aria-label": words.chosen });
const nearby = make("ul", { class: "nearby", hidden: true });
const results = make("ol", { class: "list results", id: "results" });
const more = make("button", { type: "button", class: "ghost", hidden: true }, words.more);
const cut = make("p", { role: "status" });
const clear = make("button", { type: "button", class: "plain small", hidden: true }, words.clear);
const facets = make("div", { class: "facets" });
const found = make("div", { class: "found", hidden: true }, results, more, cut);
// By keyboard, past all filters.
const past = make("a", { class: "past", href: "#results" }, words.past);
const form = make("form", { role: "search", class: "finder-form" },
  make("div", { class: "finder-query" }, make("label", { for: "q" }, words.search), query),
  make("div", { class: "finder-sort" }, make("label", { for: "sort" }, words.sort), sort),
  make("button", { type: "submit" }, words.submit), past);
const panel = make("details", { class: "facet-panel" },
  make("summary", {}, make("h2", {}, words.filters)), facets);
box.append(form, make("div", { class: "finder-columns" }, panel,
  make("div", { class: "finder-main" }, make("div", { class: "finder-told" }, status, clear), nearby, chosen, found, browse)));

const groups = words.facets.map((facet) => {
  const list = make("ul");
  const narrow = make("input", { type: "search", "aria-label": `${words.within} ${facet.label}`, autocomplete: "off", hidden: facet.values.length <= 3 * SHOWN });
  const whole = make("details", { class: "facet" }, make("summary", {}, facet.label));
  whole.open = ["holder", "access", "category"].includes(facet.name);
  const rows = facet.values.map(([code, label], place) => {
    const input = make("input", { type: "checkbox", name: facet.name, value: code, id: `f-${facet.name}-${code}` });
    const count = make("span", { class: "count", id: `n-${facet.name}-${code}` });
    input.setAttribute("aria-describedby", count.id);
    const row = make("li", {}, input, make("label", { for: input.id }, label), count);
    return { code, label, place, input, count, row };
  });
  const all = make("button", { type: "button", class: "plain small", hidden: true }, words.all);
  whole.append(make("div", { role: "group", "aria-label": facet.label }, narrow, list, all));
  const group = { name: facet.name, ordered: facet.ordered, rows, list, all, narrow, open: false, counts: {} };
  all.addEventListener("click", () => {
    const before = list.children.length;
    group.open = true;
    draw(group);
    list.children[before]?.querySelector("input").focus();
  });
  narrow.addEventListener("input", (event) => { event.stopPropagation(); draw(group); });
  facets.append(whole);
  return group;
});


function draw(group) {
  const here = group.rows.find((r) => r.row.contains(document.activeElement));
  const wanted = fold(group.narrow.value.trim());
  const rows = group.rows
    .filter((r) => r === here || r.input.checked || (wanted ? fold(r.label).includes(wanted) : (group.counts[r.code] || 0) > 0))
    .sort((a, b) => b.input.checked - a.input.checked || (group.ordered && a.place - b.place)
      || (group.counts[b.code] || 0) - (group.counts[a.code] || 0) || a.label.localeCompare(b.label, tongue));
  const shown = group.open || wanted ? rows : rows.slice(0, Math.max(SHOWN, rows.filter((r) => r.input.checked).length));
  if (here && !shown.includes(here)) shown.push(here);
  for (const r of shown) r.count.textContent = numbers.format(group.counts[r.code] || 0);
  // Only what moved is put in place: replacing all would take the focus away.
  const kept = new Set(shown.map((r) => r.row));
  for (const child of [...group.list.children]) if (!kept.has(child)) child.remove();
  shown.forEach((r, index) => {
    if (group.list.children[index] !== r.row && r !== here) {
      group.list.insertBefore(r.row, group.list.children[index] || null);
    }
  });
  group.all.hidden = shown.length === rows.length;
}

function state() {
  const filters = {};
  for (const group of groups) {
    const codes = group.rows.filter((r) => r.input.checked).map((r) => r.code);
    if (codes.length) filters[group.name] = codes;
  }
  return { q: query.value.trim(), sort: sort.value, filters };
}

function address({ q, sort: order, filters }) {
  const values = new URLSearchParams();
  if (q) values.set("q", q);
  for (const [name, codes] of Object.entries(filters)) for (const code of codes) values.append(name, code);
  if (order) values.set("sort", order);
  const text = values.toString();
  return location.pathname + (text ? `?${text}` : "");
}

function read() {
  const values = new URLSearchParams(location.search);
  query.value = values.get("q") || "";
  sort.value = values.get("sort") || "";
  if (sort.selectedIndex < 0) sort.value = "";
  for (const group of groups) {
    const codes = values.getAll(group.name);
    for (const row of group.rows) row.input.checked = codes.includes(row.code);
  }
}

function item(meta) {
  const badge = (name, code) => make("li", { class: `badge ${name}-${code}` }, labels[name]?.[code] || code);
  const title = make("bdi", { lang: meta.tongue }, meta.title);
  return make("li", { class: "item" },
    make("div", { class: "item-main" },
      make("h2", { class: "item-title" }, make("a", { href: meta.url }, title)),
      make("p", { class: "item-holder" }, meta.holder),
      ...(meta.summary ? [make("p", { class: "item-text", lang: meta.spoken, dir: "auto" }, meta.summary)] : [])),
    make("ul", { class: "badges" }, badge("access", meta.access), badge("verdict", meta.verdict)));
}

function show(answer, from) {
  const rows = answer.datasets.map(item);
  if (from) results.append(...rows);
  else results.replaceChildren(...rows);
  cut.textContent = "";
  more.hidden = from + rows.length >= answer.total;
  more.onclick = async () => {
    const mine = turn;
    more.disabled = true;
    cut.textContent = "";
    const next = await ask(state(), from + PAGE).catch(() => null);
    if (mine !== turn) return;
    more.disabled = false;
    if (!next) {
      cut.textContent = words.cut;
      more.focus();
      return;
    }
    show(next, from + PAGE);
    history.replaceState({ shown: results.children.length }, "");
    results.children[from + PAGE]?.querySelector("a")?.focus();
  };
}

function drawChosen({ filters }) {
  const chips = Object.entries(filters).flatMap(([name, codes]) => codes.map((code) => {
    const button = make("button", { type: "button", class: "chip" }, `${labels[name]?.[code] || code} `,
      make("span", { "aria-hidden": "true" }, "×"), make("span", { class: "visually-hidden" }, ` ${words.remove}`));
    button.addEventListener("click", async () => {
      const row = groups.find((g) => g.name === name).rows.find((r) => r.code === code);
      row.input.checked = false;
      await run("push");
      // Not the field of words: a phone would put its keyboard over the results.
      if (document.activeElement === document.body) (chosen.querySelector("button") ?? panel.firstElementChild).focus();
    });
    return make("li", {}, button);
  }));
  chosen.replaceChildren(...chips);
  chosen.hidden = !chips.length;
}

const counted = (total) => (total === 1 ? words.one : words.many).replace("{n}", numbers.format(total));

// Who found nothing is led to what is nearest to it.
async function lead(wanted, mine) {
  const ways = await loosen(ask, wanted).catch(() => []);
  if (mine !== turn) return;
  nearby.replaceChildren(...ways.map((way) => make("li", {}, make("a", { href: address(way) },
    `${way.left ? words.without.replace("{word}", way.left) : words.unfiltered} ${counted(way.total)}`))));
  nearby.hidden = !ways.length;
}

const lacking = (missing) =>
  [...missing.map((word) => words.lacks.replace("{word}", word)), words.reads].join(" ");

function keepLanguageSwitch() {
  const link = document.getElementById("switch");
  link.search = location.search;
}

function fail() {
  status.textContent = box.dataset.failed;
  browse.hidden = false;
  box.dataset.ready = String(turn);
}

async function run(how) {
  const mine = ++turn;
  typing = false;
  nearby.hidden = true;
  const before = how ? 0 : history.state?.shown || 0;
  const wanted = state();
  // Where the page does not hold the whole list, the search shows it from the start.
  const active = !browse.querySelector(".letter") || wanted.q || wanted.sort || Object.keys(wanted.filters).length;
  const there = address(wanted);
  if (how === "push" && there !== location.pathname + location.search) history.pushState(null, "", there);
  if (how === "replace") history.replaceState(null, "", there);
  keepLanguageSwitch();
  const slow = setTimeout(() => { if (mine === turn) status.textContent = box.dataset.waiting; }, 400);
  let answer;
  try {
    answer = await ask(wanted, 0);
  } catch {
    // The server is away or refuses: the lists below still lead everywhere.
    clearTimeout(slow);
    if (mine !== turn) return;
    fail();
    found.hidden = true;
    return;
  }
  clearTimeout(slow);
  if (mine !== turn) return;
  for (const group of groups) {
    group.counts = answer.counts[group.name] || {};
    draw(group);
  }
  drawChosen(wanted);
  const { total } = answer;
  if (!active) status.textContent = "";
  else if (!total) status.textContent = answer.missing ? lacking(answer.missing) : words.none;
  else status.textContent = counted(total);
  // Where nothing is found, the lists lead on.
  browse.hidden = Boolean(active && total);
  found.hidden = !active;
  clear.hidden = !(wanted.q || wanted.sort || Object.keys(wanted.filters).length);
  if (active) show(answer, 0);
  if (!total) await lead(wanted, mine);
  if (mine !== turn) return;
  // Who comes back finds as many results as there were, and asks for more once they are there.
  for (let from = PAGE; active && from < Math.min(before, total); from += PAGE) {
    more.disabled = true;
    const next = await ask(wanted, from).catch(() => null);
    if (mine !== turn) return;
    if (!next) break;
    show(next, from);
  }
  more.disabled = false;
  box.dataset.ready = String(turn);
}

let timer;
query.addEventListener("input", () => {
  clearTimeout(timer);
  // The first letter is a step of its own, those after it change it.
  timer = setTimeout(() => { run(typing ? "replace" : "push"); typing = true; }, 200);
});
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); run("push"); });
sort.addEventListener("change", () => run("push"));
facets.addEventListener("change", (event) => { if (event.target.type === "checkbox") run("push"); });
past.addEventListener("click", (event) => {
  event.preventDefault();
  (found.hidden ? browse : results).querySelector("a")?.focus();
});
clear.addEventListener("click", () => {
  query.value = "";
  sort.value = "";
  for (const group of groups) for (const row of group.rows) row.input.checked = false;
  run("push");
  query.focus();
});
window.addEventListener("popstate", () => { read(); run(); });
panel.open = matchMedia("(min-width: 56.01rem)").matches;
read();
await run();
