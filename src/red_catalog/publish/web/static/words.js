// The words of a search, and which words of an index stand for them.
import { fold, untie } from "./fold.js";

// So common that they tell nothing, with what is left of elided articles; the read interface
// leaves out the same.
const EMPTY = new Set(("a au aux avec avez ce ces cet cette cherche chez combien d dans de des du elle elles en"
  + " entre et existe existent il ils je l la le les leur leurs n on ou par pour qu que quel quelle quelles"
  + " quels qui s selon sont sur t trouver un une vous y about an and any are by find for from how in is many of or"
  + " the there to what where which with http https www").split(" "));
// What asks: "est-ce que", "y a-t-il", "peut-on".
const ASKING = /^\p{L}+[-\u2010\u2011]?t[-\u2010\u2011](ce|ils?|elles?|on)$/iu;
// What everything here is: words to look for where there are no others.
const GENERIC = new Set("jeu jeux donnees data dataset datasets".split(" "));
const MOST = 12;
// A word with what `_`, hyphens or the dots of an acronym join to it.
const NAME = /\p{L}(?:\.\p{L})+(?![\p{L}\p{N}_])|[\p{L}\p{N}_]+(?:[-\u2010\u2011][\p{L}\p{N}_]+)*/gu;

const tells = (word) => word && !EMPTY.has(fold(word));

// The words of a search as they are typed, each with its parts where `_` or hyphens join it: the letters of
// an acronym tell nothing apart.
export function split(text) {
  const names = (untie(text.normalize("NFC")).match(NAME) ?? []).filter((name) => !ASKING.test(name));
  const found = names.map((name) => {
    const written = name.match(/[\p{L}\p{N}]+/gu) ?? [];
    const whole = written.join("");
    const parts = name.includes(".") ? [whole] : written;
    return { name, whole: tells(whole) ? whole : "", parts: parts.filter(tells) };
  }).filter(({ whole, parts }) => whole || parts.length);
  const telling = found.filter(({ whole }) => !GENERIC.has(fold(whole)));
  const kept = telling.length ? telling : found;
  return [...new Map(kept.map((one) => [fold(one.whole || one.parts.join(" ")), one])).values()].slice(0, MOST);
}

// A word as it is looked for: "cancers" as "cancer", "remboursées" as "remboursé", for what an index
// has of these it need not have of those.
export function bare(word) {
  if (/\d/.test(word)) return word;
  return word.replace(/^(.{6,})s$/iu, "$1").replace(/^(.{4,}(?:[eé]|[eè]r))e$/iu, "$1");
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
