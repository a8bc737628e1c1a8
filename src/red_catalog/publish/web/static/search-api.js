// Answers searches by asking the server's read interface, for catalogues too large to index here.
export async function connect(root, tongue, size) {
  let waiting;

  async function search({ q, sort, filters }, from) {
    const values = new URLSearchParams({ lang: tongue, size, page: from / size + 1 });
    // The interface takes 200 characters and 20 values a facet.
    if (q) values.set("q", q.slice(0, 200));
    if (sort) values.set("sort", sort);
    for (const [name, codes] of Object.entries(filters)) for (const code of codes.slice(0, 20)) values.append(name, code);
    waiting?.abort();
    const mine = waiting = new AbortController();
    const answer = await fetch(`${root}api/datasets?${values}`, { signal: mine.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const told = await answer.json();
    return {
      total: told.total,
      counts: Object.fromEntries(told.facets.map((f) => [f.id, Object.fromEntries(f.values.map((v) => [v.code, v.count]))])),
      datasets: told.datasets.map((one) => ({
        url: `${root}${tongue === "fr" ? "" : `${tongue}/`}dataset/${one.id}.html`,
        title: one.title,
        tongue: one.title_language || "",
        holder: one.holder.name,
        summary: one.summary || "",
        spoken: one.summary_language || "",
        access: one.access.code,
        verdict: one.verdict,
      })),
    };
  }

  return { search };
}
