// What was handed in from this browser is no draft any more; what was written since is, and so is
// what another browser wrote, where a colleague was sent the address of this page.

const KEY = `red-declare-draft-${document.documentElement.lang}`;
const handed = document.querySelector("[data-draft]").dataset.draft;

try {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  if (handed && kept?.draft?.[0] === handed) localStorage.removeItem(KEY);
  document.querySelector(".ended").hidden = localStorage.getItem(KEY) !== null;
} catch {
  // A browser that keeps nothing.
}

// What is begun with it is newer than any draft.
const copy = document.querySelector(".resume");
copy.addEventListener("submit", () => {
  copy.elements.draft.value = Date.now();
});
