// Answers searches from the index made at publish time, in the browser. The index is in shards,
// each with datasets of its own: Pagefind asks all of them and adds up what they count.
import { bare, means, split } from "./words.js";

// Pagefind takes what it could not load for empty, and tells nobody: a publication took it away, or
// the network failed.
let lost = false;
const plain = globalThis.fetch;
globalThis.fetch = async (...asked) => {
  const answer = await plain(...asked).catch((error) => ({ error }));
  if (!answer.ok) lost = true;
  if (answer.error) throw answer.error;
  return answer;
};

export async function connect(...given) {
  let reply;
  let turn = Promise.resolve();

  async function attempt(...asked) {
    lost = false;
    try {
      reply ??= await open(...given);
      const told = await reply(...asked);
      if (lost) throw new Error("A part of the index is out of reach");
      return told;
    } catch (error) {
      reply = null;  // Pagefind keeps what it could not load as the answer
      throw error;
    }
  }

  // What is lost may be elsewhere since.
  const ask = (...asked) => attempt(...asked).catch(() => attempt(...asked));

  // One after the other: what Pagefind gives of a dataset is one object for all searches, in which
  // each writes where its words are.
  function search(...asked) {
    const found = turn.then(() => ask(...asked));
    turn = found.catch(() => null);
    return found;
  }

  return { search };
}

async function open(root, tongue, size, { shards }) {
  const home = (shard) => `${root}pagefind/${shard}/`;
  const [first, ...others] = shards;
  if (!first) return async () => ({ total: 0, counts: {}, datasets: [] });
  const pagefind = await import(`${home(first)}pagefind.js`);
  const about = (shard) => ({ baseUrl: root, excerptLength: 30, mergeFilter: { shard } });
  await pagefind.destroy();
  // No worker: of what that could not load, this page would not hear.
  await pagefind.options({ noWorker: true, basePath: home(first), ...about(first) });
  await pagefind.init();
  await pagefind.filters();
  // Merging would wait for what is out of reach for ever.
  if (lost) throw new Error("The index is out of reach");
  await Promise.all(others.map((shard) => pagefind.mergeIndex(home(shard), about(shard))));
  // Answers count their facets only once these are loaded.
  await pagefind.filters();
  // Where there are several shards, the first index tells which words they have.
  const words = others.length ? first : null;
  const whole = words ? others : [first];
  // A word of every dataset: searching nothing would load the whole index.
  const ALL = "\u203f";
  const DEEP = 20;
  const loaded = {};
  const known = Object.create(null);  // "constructor" is a word like others
  let last = {};

  function ask({ q, filters }, among, { without, sort } = {}) {
    const all = Object.entries(filters).filter(([name]) => name !== without)
      .map(([name, codes]) => ({ f: { any: codes.map((code) => `${name}=${code}`) } }));
    if (words) all.push({ shard: { any: among } });
    return pagefind.search(q || ALL, { filters: { all }, sort: sort ? { [sort]: "asc" } : {} });
  }

  // The shards that have all the words: the others would take shorter ones, or leave some out.
  async function choose(q) {
    if (!words || !q) return whole;
    const { filters } = await ask({ q, filters: {} }, [words]);
    return whole.filter((shard) => filters.in?.[shard]);
  }

  // Whether one of the first results of a search has the word: Pagefind may have taken a shorter
  // one that begins it, "par" for "parkinson".
  async function shows(q, word, most) {
    const { results } = await ask({ q, filters: {} }, [words]);
    const best = results.filter((one) => one.words.length).slice(0, most);
    const pages = await Promise.all(best.map((one) => one.data()));
    return pages.some(({ raw_content, content, locations }) => {
      const written = (raw_content ?? content).split(/\s+/);
      return locations.some((at) => means(written[at], word));
    });
  }

  // How a word that some dataset has is asked for, empty where none has it. Where its stem is short
  // the first results may have others ("santé" for "SAE"): in quotation marks the stem is whole.
  function spell(word) {
    known[word] ??= (async () => {
      const ways = [[bare(word), 2], [`"${word}"`, DEEP], [bare(word), DEEP]];
      for (const [q, most] of ways) if (await shows(q, word, most)) return q;
      return "";
    })();
    known[word].catch(() => delete known[word]);  // it may answer when it is asked again
    return known[word];
  }

  function count(answers, only) {
    const found = {};
    for (const answer of answers) {
      for (const [value, number] of Object.entries(answer.filters.f || {})) {
        const at = value.indexOf("=");
        const [name, code] = [value.slice(0, at), value.slice(at + 1)];
        if (only && name !== only) continue;
        found[name] ??= {};
        found[name][code] = (found[name][code] || 0) + number;
      }
    }
    return found;
  }

  async function load(name) {
    return loaded[name] ??= await (await fetch(`${root}search/${tongue}-${name}.json`)).json();
  }

  // For each shard, which of all datasets by title its first one is, its second…
  async function place() {
    const found = {};
    (await load("shard")).forEach((shard, at) => (found[shard] ??= []).push(at));
    return found;
  }

  // Each shard gives its datasets by title; their scores tell where they stand in the shard.
  async function order(wanted, among, sort) {
    const [places, ranks, ...answers] = await Promise.all([
      words ? place() : null, sort === "title" ? null : load(sort),
      ...among.map((shard) => ask(wanted, [shard], { sort: "title" })),
    ]);
    const found = answers.flatMap((answer, shard) => answer.results.map((one) => {
      const place = Math.abs(one.score);
      const at = places ? places[among[shard]][place] : place;
      return { one, at, rank: ranks ? ranks[at] : 0 };
    }));
    found.sort((a, b) => a.rank - b.rank || a.at - b.at);
    return { answers, results: found.map(({ one }) => one) };
  }

  async function rank(wanted, among) {
    const answer = await ask(wanted, among);
    // Among datasets that are as near to the words, any order that stays will do.
    const results = answer.results.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return { answers: [answer], results };
  }

  // What is joined is one word where any dataset has it so, and several where not.
  async function read(text) {
    const asked = new Set();
    const missing = [];
    for (const { whole, parts } of split(text)) {
      const told = whole && await spell(whole) ? [whole] : parts;
      for (const word of told) {
        const way = await spell(word);
        if (way) asked.add(way);
        else missing.push(word);
      }
    }
    // Pagefind knows quotation marks around all of a search alone.
    return { q: asked.size > 1 ? [...asked].join(" ").replaceAll('"', "") : [...asked].join(""), missing };
  }

  async function find({ q: text, ...rest }) {
    const { q, missing } = await read(text);
    if (missing.length) return { results: [], counts: {}, missing };
    const wanted = { q, ...rest };
    const among = await choose(wanted.q);
    // Pagefind would take no shards for all of them.
    if (!among.length) return { results: [], counts: {} };
    const sort = wanted.sort || (wanted.q ? "" : "title");
    const { answers, results } = await (sort ? order(wanted, among, sort) : rank(wanted, among));
    // A facet counts as if none of its own values were chosen: they add up, they do not exclude.
    const apart = await Promise.all(Object.keys(wanted.filters)
      .map(async (name) => count([await ask(wanted, among, { without: name })], name)));
    return { results, counts: Object.assign(count(answers), ...apart) };
  }

  return async function reply(wanted, from) {
    const key = JSON.stringify(wanted);
    if (last.key !== key) last = { key, ...await find(wanted) };
    const { results, counts, missing } = last;
    const found = await Promise.all(results.slice(from, from + size).map((one) => one.data()));
    const code = (told, facet) => told.find((one) => one.startsWith(`${facet}=`)).slice(facet.length + 1);
    const datasets = found.map(({ url, meta, filters: { f } }) => (
      { url, ...meta, access: code(f, "access"), verdict: code(f, "verdict") }));
    return { total: results.length, counts, datasets, missing };
  };
}
