"""The search: what Pagefind indexes, in shards, and what the read interface looks up."""
