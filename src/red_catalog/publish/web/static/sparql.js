// Offers Yasgui's editor and tables in place of the plain form, which stays one press away.
// Nothing of it is loaded before it is asked for; nothing is stored in the browser.
const box = document.getElementById("editor");
const form = document.querySelector("form.query");
const plain = document.getElementById("query");
const open = document.getElementById("editor-open");
const words = JSON.parse(document.getElementById("editor-words").textContent);
const tongue = document.documentElement.lang;
const numbers = new Intl.NumberFormat(tongue);
let editor;

function load(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// The package speaks English alone: its few sentences are replaced where they appear.
function translate(root) {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const name of ["title", "aria-label", "placeholder"]) {
      const said = element.getAttribute(name);
      if (said && words.said[said]) element.setAttribute(name, words.said[said]);
    }
    for (const node of element.childNodes) {
      // What was found is nobody's to translate.
      if (node.nodeType !== Node.TEXT_NODE || element.closest("td, .CodeMirror")) continue;
      const said = words.said[node.data.trim()];
      if (said) node.data = said;
    }
  }
}

// What a screen reader or a keyboard would miss.
function mend(root) {
  translate(root);
  for (const head of root.querySelectorAll("th")) {
    if (!head.textContent.trim()) head.append(make("span", { class: "visually-hidden" }, words.row));
    head.setAttribute("scope", "col");
  }
  root.querySelector(".tableSizer")?.setAttribute("aria-label", words.size);
  for (const link of root.querySelectorAll("a.iri")) link.rel = "nofollow";
  const shown = root.querySelector(".yasr_results");
  if (shown && !shown.hasAttribute("tabindex")) {
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", words.results]]) {
      shown.setAttribute(name, value);
    }
  }
  for (const input of root.querySelectorAll(".CodeMirror textarea")) input.setAttribute("aria-label", words.results);
  for (const part of root.querySelectorAll(".CodeMirror-scroll")) {
    part.tabIndex = 0;
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", words.results);
  }
  // Its help is on another site.
  root.querySelector(".yasr_external_ref_btn")?.remove();
  for (const button of root.querySelectorAll(".yasr_btnGroup button")) {
    button.setAttribute("aria-pressed", String(button.classList.contains("selected")));
    button.setAttribute("aria-label", button.textContent);
  }
}

// What the answer is, in a sentence; `rows` is null where it is no table.
function report(response, milliseconds, rows) {
  const seconds = new Intl.NumberFormat(tongue, { maximumFractionDigits: 2 }).format(milliseconds / 1000);
  const counted = rows === null ? "" : `${(rows === 1 ? words.one : words.many).replace("{n}", numbers.format(rows))} `;
  const cut = response.headers?.["x-truncated"] ? ` ${words.truncated}` : "";
  return `${counted}${words.answered.replace("{seconds}", seconds)}${cut}`;
}

// Why there is no answer: the server says so in its problem document.
function reason(response) {
  const said = response.response?.text ?? response.text ?? response.content ?? response.message;
  try {
    const told = JSON.parse(said);
    return told.detail || told.title;
  } catch {
    return response.message || String(response.status || "");
  }
}

async function build() {
  await Promise.all([
    ...[box.dataset.style, box.dataset.ours].map((href) => load("link", { rel: "stylesheet", href })),
    load("script", { src: box.dataset.script }),
  ]);
  const { Yasqe, Yasr } = window.Yasgui.default || window.Yasgui;
  const status = make("p", { role: "status", class: "hint" });
  const where = make("div", { class: "editor-query", role: "group", "aria-label": words.query });
  const answer = make("div", { class: "editor-answer" });
  const trouble = make("p", { class: "notice bad", role: "alert", hidden: "" });
  const run = make("button", { type: "button" }, words.run);
  const back = make("button", { type: "button", class: "ghost" }, words.plain);
  const link = make("a", { class: "editor-link" }, words.link);
  box.append(where, make("p", { class: "hint" }, words.keys), make("p", { class: "actions" }, run, back, link), status, trouble, answer);

  const query = new Yasqe(where, {
    value: plain.value, persistenceId: null, consumeShareLink: null, createShareableLink: null,
    showQueryButton: false, resizeable: false, autocompleters: ["prefixes", "variables"], editorHeight: "20rem",
    screenReaderLabel: words.query,
    requestConfig: { endpoint: form.action, method: "POST", acceptHeaderGraph: "text/turtle",
      headers: { "Accept-Language": tongue } },
  });
  // Tab leads on, as everywhere on the page; without this nobody gets out by the keyboard. Escape
  // would leave the focus nowhere.
  query.setOption("extraKeys", { ...query.getOption("extraKeys"), Tab: false, "Shift-Tab": false, Esc: false });
  query.getInputField().setAttribute("aria-label", words.query);
  query.getInputField().setAttribute("aria-describedby", "editor-keys");
  box.querySelector("p.hint").id = "editor-keys";
  const table = Yasr.plugins.table.defaults;
  table.openIriInNewWindow = false;
  Object.assign(table.tableConfig.language, words.table);
  const shown = new Yasr(answer, { persistenceId: null, prefixes: () => query.getPrefixesFromQuery() });
  new MutationObserver((_, observer) => {
    observer.disconnect();
    mend(answer);
    observer.observe(answer, { subtree: true, childList: true });
  }).observe(answer, { subtree: true, childList: true });
  mend(answer);

  const address = () => { link.href = `#query=${encodeURIComponent(query.getValue())}`; };
  query.on("change", address);
  address();
  query.on("query", () => { status.textContent = words.running; run.textContent = words.stop; });
  query.on("queryAbort", () => { status.textContent = words.stopped; run.textContent = words.run; });
  query.on("queryResponse", (_, response, milliseconds) => {
    run.textContent = words.run;
    const failed = response instanceof Error || response.ok === false || Boolean(response.error);
    trouble.hidden = !failed;
    answer.hidden = failed;
    if (failed) {
      status.textContent = words.failed;
      trouble.textContent = reason(response);
      return;
    }
    shown.setResponse(response, milliseconds);
    status.textContent = report(response, milliseconds, shown.results.getBindings()?.length ?? null);
    history.replaceState(null, "", link.href);
  });
  run.addEventListener("click", () => {
    if (run.textContent === words.stop) query.abortQuery();
    else query.query().catch(() => {});
  });
  back.addEventListener("click", () => {
    plain.value = query.getValue();
    box.hidden = true;
    form.hidden = open.hidden = false;
    plain.focus();
  });
  return query;
}

open.addEventListener("click", async () => {
  open.disabled = true;
  try {
    const fresh = !editor;
    editor ??= await build();
    if (!fresh) editor.setValue(plain.value);
    form.hidden = open.hidden = true;
    box.hidden = false;
    editor.refresh();
    editor.focus();
  } finally {
    open.disabled = false;
  }
});

for (const button of document.querySelectorAll("[data-example]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    plain.value = document.getElementById(button.dataset.example).value;
    if (box.hidden) plain.focus();
    else { editor.setValue(plain.value); editor.focus(); }
    (box.hidden ? form : box).scrollIntoView();
  });
}
const linked = new URLSearchParams(location.hash.slice(1)).get("query");
if (linked && linked.length <= plain.maxLength) plain.value = linked;
open.hidden = false;
