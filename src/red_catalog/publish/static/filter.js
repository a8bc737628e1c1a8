// Narrows the list of datasets. Without this file the list is whole.
"use strict";
(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const items = [...document.querySelectorAll(".item")];
  const letters = [...document.querySelectorAll("section.letter")];
  const names = ["holder", "access", "category", "verdict"];
  const untouched = count.textContent;
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const texts = items.map((item) =>
    item.dataset.text + " " + fold(item.querySelector(".item-holder").textContent));

  function wanted() {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) values.set(name, value.trim());
    return values;
  }

  function matches(item, text, values, words) {
    return words.every((word) => text.includes(word)) && names.every((name) => {
      const value = values.get(name);
      return !value || item.dataset[name].split(" ").includes(value);
    });
  }

  function narrow() {
    const values = wanted();
    const words = fold(values.get("q") || "").split(/\s+/).filter(Boolean);
    let shown = 0;
    items.forEach((item, index) => {
      item.hidden = !matches(item, texts[index], values, words);
      shown += item.hidden ? 0 : 1;
    });
    for (const letter of letters) letter.hidden = !letter.querySelector(".item:not([hidden])");
    const data = count.dataset;
    if (![...values].length) count.textContent = untouched;
    else if (shown === 0) count.textContent = data.none;
    else if (shown === 1) count.textContent = data.one;
    else count.textContent = data.many.replace("{n}", numbers.format(shown));
    const query = values.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  function read() {
    const values = new URLSearchParams(location.search);
    for (const field of form.elements) if (field.name) field.value = values.get(field.name) || "";
  }

  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => { event.preventDefault(); narrow(); });
  form.addEventListener("reset", () => setTimeout(narrow));
  window.addEventListener("popstate", () => { read(); narrow(); });
  read();
  narrow();
})();
