// Keeps the draft of the form in the browser, and brings spare rows out when they are wanted.

const form = document.querySelector(".declare-form");
const told = document.querySelector(".draft");
const forget = document.querySelector(".forget");
const more = document.querySelector(".more-rows");
// What is a field for French on one form is one for English on the other.
const KEY = `red-declare-draft-${document.documentElement.lang}`;
const SECRET = new Set(["key", "do", "replaces"]);
// When the draft was kept last: it travels with the form, so that a page that the browser asks for
// again is known to be older than the draft.
const stamp = form.elements.draft;

function read() {
  const kept = {};
  for (const [name, value] of new FormData(form)) {
    if (!SECRET.has(name) && typeof value === "string" && value) (kept[name] ??= []).push(value);
  }
  return kept;
}

// Whether a field of a page that was just opened has been written in already, before this script came.
const isEarly = ({ type, checked, defaultChecked, value, defaultValue, options, selectedIndex }) => {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return false;
  if (type === "checkbox") return checked !== defaultChecked;
  if (!options) return value !== defaultValue;
  return selectedIndex !== Math.max(0, [...options].findIndex((option) => option.defaultSelected));
};

// Puts the draft into the form, but for what was written since; returns whether anything was.
function fill(kept) {
  const seen = {};
  let early = false;
  for (const one of form.elements) {
    if (!one.name || SECRET.has(one.name) || one.type === "submit") continue;
    const given = kept[one.name] ?? [];
    if (one.type !== "checkbox") seen[one.name] = (seen[one.name] ?? -1) + 1;
    if (isEarly(one)) early = true;
    else if (one.type === "checkbox") one.checked = given.includes(one.value);
    else one.value = given[seen[one.name]] ?? "";
  }
  return early;
}

function say(sentence, warns = false) {
  told.textContent = sentence;
  told.hidden = false;
  for (const one of ["notice", "warn"]) told.classList.toggle(one, warns);
}

function store() {
  stamp.value = Date.now();
  try {
    localStorage.setItem(KEY, JSON.stringify(read()));
    forget.hidden = false;
    say(told.dataset.kept);
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
}

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}

function isNewer(kept) {
  return Number(kept?.draft?.[0] ?? 0) > Number(stamp.value);
}

function showSpare() {
  for (const row of form.querySelectorAll("tr.spare")) {
    const filled = [...row.querySelectorAll("input, select")].some((one) => one.value);
    if (filled) row.classList.remove("spare");
  }
  more.hidden = !form.querySelector("tr.spare");
}

const draft = recall();
const asked = "asked" in form.dataset;
if (asked && !isNewer(draft)) {
  store();
} else if (draft) {
  if (fill(draft)) store();
  forget.hidden = false;
  say(told.dataset.found);
}
if (asked) document.querySelector("#outcome")?.focus();
for (const part of form.querySelectorAll("details")) {
  if ([...part.querySelectorAll("input:not([type=checkbox]), select, textarea")].some((one) => one.value)) part.open = true;
}
let waiting = 0;
function settle() {
  clearTimeout(waiting);
  waiting = 0;
}
form.addEventListener("input", () => {
  settle();
  waiting = setTimeout(() => {
    settle();
    store();
  }, 400);
});
form.addEventListener("submit", () => {
  settle();
  store();
});
// What is taken up again is newer than the draft.
for (const one of document.querySelectorAll(".resume")) {
  one.addEventListener("submit", () => {
    settle();
    one.elements.draft.value = Date.now();
  });
}
// Whoever leaves at once loses nothing either.
addEventListener("pagehide", () => {
  if (waiting) store();
  settle();
});
// What another tab of this browser does with the draft.
addEventListener("storage", (event) => {
  if (event.key !== KEY || told.hidden) return;
  if (event.newValue === null) told.hidden = true;
  else if (event.newValue !== JSON.stringify(read())) say(told.dataset.replaced, true);
});
// Enter would press the first button of the form, which checks and forgets the key.
form.querySelector("#key").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  form.querySelector("button[value=submit]").click();
});
more.addEventListener("click", () => {
  const spare = [...form.querySelectorAll("tr.spare")].slice(0, 5);
  for (const row of spare) row.classList.remove("spare");
  spare[0]?.querySelector("input")?.focus();
  more.hidden = !form.querySelector("tr.spare");
});
forget.addEventListener("click", () => {
  if (!confirm(forget.dataset.asks)) return;
  settle();
  localStorage.removeItem(KEY);
  location.assign(form.action);
});
document.documentElement.classList.add("scripted");
showSpare();
