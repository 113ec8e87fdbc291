"""Quotations looked up in readers' copies: as they are saved, altered by a digit or a word, or of another text.

The copies are made from the excerpts themselves, so that the tests need no copy of the article;
where one is given (KZDATA_ARTICLE), the same tests run on it too.
"""

import os
import random
import re
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from conftest import EXCERPTS, ROOT, SENTENCE, TEXTS, rebuilt
from hypothesis import given, settings
from hypothesis import strategies as st

import kzdata as kz


def straight(text: str) -> str:
    return text.translate(str.maketrans("’‘“”–", "''\"\"-"))


def as_page(text: str) -> str:
    blocks = "".join(f"<p>{p.replace('&', '&amp;').replace('’', '&rsquo;')}</p>" for p in text.split("\n") if p.strip())
    side = f"<nav><ul><li>{SENTENCE}</li></ul></nav><script>var p = '<p>$570</p>';</script><style>p {{}}</style>"
    body = f"{side}{blocks}<footer>{SENTENCE}</footer>"
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>"


def wrapped(text: str) -> str:
    return "\n\n".join(re.sub(r"(.{1,70})(?: |$)", r"\1\n", p).rstrip() for p in text.split("\n") if p.strip())


def once(text: str) -> str:
    return "\n\n".join(dict.fromkeys(p for p in text.split("\n") if p.strip()))


def shuffled(text: str) -> str:
    paragraphs = [p for p in text.split("\n") if p.strip()]
    return "\n\n".join(random.Random(7).sample(paragraphs, len(paragraphs)))


#: How readers save a text: name, bytes.
COPIES = {
    "UTF-8": lambda t: t.encode(),
    "UTF-8 with a byte order mark": lambda t: t.encode("utf-8-sig"),
    "UTF-16": lambda t: t.encode("utf-16"),
    "UTF-16 without a mark": lambda t: t.encode("utf-16-le"),
    "Windows-1252": lambda t: t.encode("cp1252", errors="ignore"),
    "CRLF": lambda t: t.replace("\n", "\r\n").encode(),
    "CR": lambda t: t.replace("\n", "\r").encode(),
    "straight quotes and hyphens": lambda t: straight(t).encode(),
    "three dots": lambda t: t.replace("…", "...").encode(),
    "no-break spaces": lambda t: t.replace(" ", "\N{NO-BREAK SPACE}").encode(),
    "soft hyphens": lambda t: t.replace("workers", "wor\N{SOFT HYPHEN}kers").encode(),
    "hard-wrapped lines": lambda t: wrapped(t).encode(),
    "paragraphs once": lambda t: once(t).encode(),
    "another order": lambda t: shuffled(t).encode(),
    "web page": lambda t: as_page(t).encode(),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("way", COPIES)
def test_every_quotation_is_found_however_the_copy_is_saved(way, text, tmp_path):
    file = tmp_path / "copy"
    file.write_bytes(COPIES[way](text))
    result = kz.verify(file)
    assert list(result.index) == list(EXCERPTS.index)
    assert (result["status"] == "found").all(), result.loc[result["status"] != "found", "difference"].to_dict()
    assert result.attrs["edition"] == "the edition quoted"


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_lead_to_the_passage(text):
    from kzdata.article import read_copy

    for _, row in kz.verify(text).iterrows():
        assert read_copy(text)[row["start"] : row["end"]] == row["passage"] == row["expected"]


@pytest.mark.skipif("KZDATA_ARTICLE" not in os.environ, reason="no copy of the article: set KZDATA_ARTICLE")
def test_paragraphs_are_those_of_the_table():
    assert list(kz.verify(Path(os.environ["KZDATA_ARTICLE"]))["paragraph"]) == list(EXCERPTS["paragraph"])


@st.composite
def alterations(draw):
    """A quotation with one digit or one word changed."""
    excerpt_id = draw(st.sampled_from(list(EXCERPTS.index)))
    exact = EXCERPTS.loc[excerpt_id, "exact"]
    places = [m.start() for m in re.finditer(r"\d", exact)]
    if places and draw(st.booleans()):
        at = draw(st.sampled_from(places))
        digit = draw(st.sampled_from([d for d in "0123456789" if d != exact[at]]))
        return excerpt_id, exact[:at] + digit + exact[at + 1 :]
    word = draw(st.sampled_from(list(re.finditer(r"\w+", exact))))
    other = draw(st.sampled_from([w for w in ("", "never", "hundreds", "7") if w != word.group()]))
    return excerpt_id, exact[: word.start()] + other + exact[word.end() :]


@pytest.mark.parametrize("text", TEXTS)
@settings(max_examples=100, deadline=None)
@given(alteration=alterations(), everywhere=st.booleans())
def test_a_changed_digit_or_word_is_a_change(text, alteration, everywhere):
    excerpt_id, altered = alteration
    exact, occurrences = EXCERPTS.loc[excerpt_id, ["exact", "occurrences"]]
    # One of two occurrences, where the text has the two; the words around a quotation may hold a short one again.
    alone = text.count(exact) == len(occurrences.split(";"))
    copy = text.replace(exact, altered, 1 if alone and not everywhere else -1)
    result = kz.verify(copy)
    assert result.loc[excerpt_id, "status"] == "changed"
    assert "[-" in result.loc[excerpt_id, "difference"] or "{+" in result.loc[excerpt_id, "difference"]
    others = result.drop(excerpt_id)
    quoting = [i for i in others.index if EXCERPTS.loc[i, "exact"] not in copy]
    assert (others.drop(quoting)["status"] == "found").all()


def test_a_longer_number_is_not_the_number():
    result = kz.verify(rebuilt().replace("225 people", "1,225 people"))
    assert result.loc["toll-2022", "status"] == "changed" and "{+1,225+}" in result.loc["toll-2022", "difference"]


def test_another_text_and_another_edition():
    other = "\n\n".join([SENTENCE] * 50)
    assert (kz.verify(other)["status"] == "missing").all() and kz.verify(other).attrs["edition"] == "another text"
    words = {"workers": "labourers", "country": "land", "government": "cabinet", "owned": "held", "strike": "walkout"}
    reworded = re.sub("|".join(words), lambda m: words[m.group()], rebuilt())
    assert kz.verify(reworded).attrs["edition"] in (
        "another edition or translation of the article", "the edition quoted, with changes")  # fmt: skip
    assert (kz.verify(reworded)["status"] == "changed").sum() >= 5


UNUSABLE = {
    "a folder": (lambda p: p.mkdir(), "a folder"),
    "nothing": (lambda p: None, "no such file"),
    "an empty file": (lambda p: p.write_bytes(b" \n"), "no text"),
    "a PDF": (lambda p: p.write_bytes(b"%PDF-1.7\n..."), "a PDF"),
    "a picture": (lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "a binary file"),
    "200 MB": (lambda p: os.truncate(os.open(p, os.O_CREAT | os.O_WRONLY), 200_000_000), "200 MB"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_unusable_copies_are_refused_at_once(what, tmp_path):
    make, message = UNUSABLE[what]
    make(tmp_path / "copy")
    start = time.perf_counter()
    with pytest.raises(kz.CopyError, match=message):
        kz.verify(tmp_path / "copy")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("look", [kz.verify, kz.coverage])
def test_time_and_memory_grow_with_the_text(look):
    small = (rebuilt() + "\n") * (1_000_000 // len(rebuilt()))
    seconds = []
    for text in (small, small * 10):
        start = time.process_time()
        look(text)
        seconds.append(time.process_time() - start)
    tracemalloc.start()
    look(small)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # What grows with the square of the text would take a hundred times as long.
    assert seconds[1] <= 20 * seconds[0] and peak <= 12 * len(small)


def command(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "kzdata", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT
    )
    return done.returncode, done.stdout, done.stderr


def test_verify_command(tmp_path):
    file = tmp_path / "copy.txt"
    file.write_text(rebuilt(), encoding="utf-8")
    status, out, _ = command("verify", file)
    assert status == 0 and out.endswith(f"{len(EXCERPTS)} found, 0 changed, 0 missing: the edition quoted\n")
    file.write_text(rebuilt().replace("$570", "$580"), encoding="utf-8")
    status, out, _ = command("verify", file)
    assert status == 1 and "[-$570-] {+$580+}" in out
    status, out, error = command("verify", tmp_path)
    assert (status, out) == (2, "") and "a folder" in error and "Traceback" not in error
