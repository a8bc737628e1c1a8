"""Datasets spread over parts that stay the same when others come or go."""

import zlib


def count(datasets: int, most: int) -> int:
    """How many parts so many datasets have, of about `most` at most: a power of two."""
    return 1 << (max(datasets - 1, 0) // most).bit_length()


def part(slug: str, number: int) -> int:
    """The part of a dataset, by its page name alone, where there are so many."""
    return zlib.crc32(slug.encode()) % number
