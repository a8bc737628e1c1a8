"""Bodies, piece by piece."""

import gzip
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from red_catalog.http import Refused, gunzip, join, refusal, unpack

BODY = "Registre des urgences, Hauts-de-France : activité.\n".encode() * 5_000


def pieces(content: bytes, size: int) -> list[bytes]:
    """The content cut into pieces of this size."""
    return [content[at : at + size] for at in range(0, len(content), size)]


@pytest.mark.parametrize("size", [1_000, 65_536, 10_000_000])
def test_members_and_padding_are_one_body(size: int) -> None:
    """Archives joined together, and padded with zeros, unpack as one."""
    packed = gzip.compress(BODY) + gzip.compress(BODY) + b"\0" * 512
    assert b"".join(gunzip(pieces(packed, size))) == BODY * 2


@given(st.binary(max_size=3_000), st.integers(min_value=1, max_value=400))
def test_what_was_packed_is_unpacked(content: bytes, size: int) -> None:
    """Whatever the content and the pieces it comes in."""
    packed = gzip.compress(content)
    assert b"".join(unpack(pieces(packed, size))) == content


@given(st.integers(min_value=3, max_value=200))
def test_cut_archive_is_refused(lost: int) -> None:
    """Wherever it is cut."""
    with pytest.raises(Refused) as refused:
        b"".join(gunzip([gzip.compress(BODY)[:-lost]]))
    assert refused.value.problem.code == "truncated-gzip"


def test_no_archive_at_all_is_nothing() -> None:
    """An empty body is empty, whatever it is said to be packed with."""
    assert list(gunzip([])) == []
    assert list(gunzip([b""])) == []


def test_altered_archive_is_refused() -> None:
    """Its checksum tells."""
    packed = bytearray(gzip.compress(BODY))
    packed[-5] ^= 1
    with pytest.raises(Refused) as refused:
        b"".join(gunzip([bytes(packed)]))
    assert refused.value.problem.code == "damaged-gzip"


def test_pieces_of_a_bomb_stay_small() -> None:
    """What expands a thousandfold still comes in pieces of 64 KB."""
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert max(map(len, gunzip([bomb]))) <= 65_536 + zlib.DEF_BUF_SIZE


def test_plain_body_passes() -> None:
    """Nothing to unpack, nothing changed."""
    assert list(unpack([b"@", b"prefix"])) == [b"@prefix"]
    assert join([b"a", b"b"], 2) == b"ab"
    assert list(unpack([])) == []


@pytest.mark.parametrize(
    ("content", "media_type", "forced", "expected"),
    [
        (b"", None, None, "empty"),
        (b"\xef\xbb\xbf\r\n \t", None, None, "empty"),
        (b"<!-- a --> <!-- b -->\n<!DOCTYPE HTML>", "text/turtle", None, "html-received"),
        (b"<html/>", "text/turtle", None, None),
        (b"<html lang='fr'>", None, "text/turtle", "html-received"),
        (b"<a> <b> <c> .", "text/html; charset=utf-8", None, "html-received"),
        (b"<a> <b> <c> .", "text/html", "text/turtle", None),
        (b"<html lang='fr'>", "text/html", "text/html", None),
        (b"<?xml version='1.0'?><rdf:RDF>", "application/rdf+xml", None, None),
        (b"<htmlish:a> <b> <c> .", "text/turtle", None, None),
    ],
)
def test_page_is_told_from_document(
    content: bytes, media_type: str | None, forced: str | None, expected: str | None
) -> None:
    """By its first words, or by a type that nobody overrode."""
    problem = refusal(content, media_type, forced)
    assert (problem and problem.code) == expected


def test_comments_without_end_take_no_time() -> None:
    """A body made to slow the search down does not."""
    began = time.monotonic()
    assert refusal(b"<!---->" * 600 + b"<", None) is None
    assert time.monotonic() - began < 2
