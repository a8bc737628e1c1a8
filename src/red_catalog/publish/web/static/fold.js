// Letters that Unicode does not take apart, and the sigma that ends Greek words; `spelling.py` has the same.
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ς: "σ", σ: "σ" };
const ANY = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "giu");
export const untie = (text) => text.replace(ANY, (one) => LETTERS[one.toLowerCase()]);
// Text as it is compared: without accents and capitals, in the plainest letters of its script.
export const fold = (text) => untie(text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
