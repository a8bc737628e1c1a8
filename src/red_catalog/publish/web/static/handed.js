// What was handed in is no draft any more; what was written since, in another form, is.

const KEY = `red-declare-draft-${document.documentElement.lang}`;
const handed = document.querySelector("[data-draft]").dataset.draft;

try {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  if (kept && Number(kept.draft?.[0] ?? 0) <= Number(handed)) localStorage.removeItem(KEY);
} catch {
  // A browser that keeps nothing.
}

// What is begun with it is newer than any draft.
const copy = document.querySelector(".resume");
copy.addEventListener("submit", () => {
  copy.elements.draft.value = Date.now();
});
