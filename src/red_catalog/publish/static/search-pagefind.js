// Answers searches from the index made at publish time, in the browser.
export async function connect(root, tongue, size) {
  const pagefind = await import(`${root}pagefind/pagefind.js`);
  await pagefind.options({ basePath: `${root}pagefind/`, baseUrl: root, excerptLength: 30 });
  await pagefind.init();
  // Answers count their facets only once these are loaded.
  await pagefind.filters();

  function ask({ q, sort, filters }, without) {
    const wanted = {};
    for (const [name, codes] of Object.entries(filters)) if (name !== without) wanted[name] = { any: codes };
    const options = { filters: wanted };
    if (sort) options.sort = { [sort]: sort === "title" ? "asc" : "desc" };
    else if (!q) options.sort = { title: "asc" };
    return pagefind.search(q || null, options);
  }

  async function search(wanted, from) {
    const answer = await ask(wanted);
    // A facet counts as if none of its own values were chosen: they add up, they do not exclude.
    const apart = await Promise.all(Object.keys(wanted.filters)
      .map(async (name) => [name, (await ask(wanted, name)).filters[name]]));
    const found = await Promise.all(answer.results.slice(from, from + size).map((one) => one.data()));
    return {
      total: answer.results.length,
      counts: { ...answer.filters, ...Object.fromEntries(apart) },
      datasets: found.map(({ url, meta }) => ({ url, ...meta })),
    };
  }

  return { search };
}
