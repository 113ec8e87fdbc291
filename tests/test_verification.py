"""Quotations looked up in readers' copies: places, paragraphs, the verdict on the copy, and what is refused.

The copies are made from the excerpts themselves, so that the tests need no copy of the article;
where one is given (KZDATA_ARTICLE), the same tests run on it too.
"""

import contextlib
import io
import os
import random
import re
import subprocess
import sys
import textwrap
import threading
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from conftest import EXCERPTS, ROOT, SENTENCE, TEXTS, rebuilt
from hypothesis import given, settings
from hypothesis import strategies as st

import kzdata as kz


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_lead_to_the_passage(text):
    from kzdata.quotations.read_copy import read_copy

    for _, row in kz.verify(text).iterrows():
        assert read_copy(text)[row["start"] : row["end"]] == row["passage"] == row["expected"]


@pytest.mark.skipif("KZDATA_ARTICLE" not in os.environ, reason="no copy of the article: set KZDATA_ARTICLE")
def test_paragraphs_are_those_of_the_table():
    assert list(kz.verify(Path(os.environ["KZDATA_ARTICLE"]))["paragraph"]) == list(EXCERPTS["paragraph"])


def chrome(text):
    title = text.split("\n")[0]
    blocks = "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip() and line != title)
    return (f"<html><title>{title}</title><body><header>{title}</header><nav><a>Home</a> » {title}</nav><p>Menu</p>"
            f"<h1>{title}</h1>{blocks}<h2>Related</h2><p>{title}</p></body></html>")  # fmt: skip


#: What does not shift the paragraphs.
SETTINGS = {
    "no blank lines": lambda t: re.sub(r"\n\s*", "\n", t),
    "wrapped": lambda t: "\n\n".join(textwrap.fill(p, 72) for p in t.split("\n") if p.strip()),
    "text before": lambda t: "Home\n\nAbout us\n\nRead “" + t.split("\n")[0] + "” below\n\n" + t,
    "the title twice": lambda t: t.split("\n")[0] + "\n\nby a reader\n\n" + t,
    "page": chrome,
    "preformatted": lambda t: "<html><pre>" + re.sub(r"\n\s*", "\n", t) + "</pre>",
    "quoted": lambda t: "Bob wrote:\n" + "\n".join(f"> {line}" for line in t.split("\n")),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_paragraphs_are_counted_from_the_title(setting, text):
    assert list(kz.verify(SETTINGS[setting](text))["paragraph"]) == list(kz.verify(text)["paragraph"])


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
@settings(max_examples=30, deadline=None)
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


def with_errors(text, share):
    """Letters and digits read wrongly."""
    chance = random.Random(3)
    return "".join(chance.choice("aceilmnort01") if c.isalnum() and chance.random() < share else c for c in text)


def reworded(text):
    words = {"workers": "labourers", "country": "land", "government": "cabinet", "owned": "held", "strike": "walkout",
             "the": "that", "and": "as well as", "of": "from", "have": "had", "is": "was", "in": "within"}  # fmt: skip
    return re.sub(r"\b(" + "|".join(words) + r")\b", lambda match: words[match[0]], text)


@pytest.mark.parametrize("text", [pytest.param("\n\n".join(EXCERPTS["exact"]), id="quotations"), *TEXTS[1:]])
def test_a_part_of_a_copy_is_missing_the_rest_and_not_changed(text):
    chance, statuses = random.Random(5), set()
    for _ in range(30):
        start, end = sorted(chance.sample(range(len(text)), 2))
        statuses |= set(kz.verify(text[start:end] + "\n")["status"])
    assert statuses == {"found", "missing"}


def test_a_short_line_ends_a_block_of_wrapped_lines():
    title, quotation = rebuilt().split("\n")[0], EXCERPTS["exact"].iloc[3]
    lines = [title, "A heading of fifty characters without a full stop", *textwrap.wrap(quotation, 72), "And the end"]
    assert kz.verify("\n".join(lines))["paragraph"].iloc[3] == 3


EDITIONS = {
    "first half": (lambda t: t[: len(t) // 2], r"part of the edition quoted: (1\d|2\d) of 37 quotations"),
    "second half": (lambda t: t[len(t) // 2 :], r"part of the edition quoted: (1\d|2\d) of 37 quotations"),
    "one quotation": (lambda t: EXCERPTS["exact"].iloc[3] + "\n", "part of the edition quoted: 1 of 37 quotations"),
    "all but one": (
        lambda t: t.replace(EXCERPTS.loc["uranium-producer", "exact"], "") + "\n",
        "part of the edition quoted: 36 of 37 quotations",
    ),
    "1 percent of errors": (lambda t: with_errors(t, 0.01), "the edition quoted, with changes"),
    "3 percent of errors": (lambda t: with_errors(t, 0.03), "(part of )?the edition quoted.*, with changes"),
    "a figure changed": (lambda t: t.replace("$570", "$580"), "the edition quoted, with changes"),
    "reworded": (reworded, "another edition or translation of the article"),
    "another text": (lambda t: "\n\n".join([SENTENCE] * 50), "another text"),
    "another text, which quotes": (
        lambda t: f"{SENTENCE} “{EXCERPTS['exact'].iloc[-1]}” {SENTENCE}\n",
        "part of .* 1 of 37 .*",
    ),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", EDITIONS)
def test_the_verdict_comes_from_what_is_there(name, text):
    make, verdict = EDITIONS[name]
    result = kz.verify(make(text))
    assert re.fullmatch(verdict, result.attrs["edition"])
    assert ("with changes" in result.attrs["edition"]) == ((result["status"] == "changed").any() and name != "reworded")


def archive(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        for name in names:
            zipped.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return file.getvalue()


#: What is no text, and by which name it is refused.
UNUSABLE = {
    "a folder": (lambda p: p.mkdir(), "a folder"),
    "nothing": (lambda p: None, "no such file"),
    "an empty file": (b" \n", "no text"),
    "a page without text": (b"<html><title>x</title><script>1</script>", "no text"),
    "200 MB": (lambda p: os.truncate(os.open(p, os.O_CREAT | os.O_WRONLY), 200_000_000), "200 MB"),
    "unreadable": (lambda p: p.symlink_to("/proc/self/mem"), "cannot be read"),
    "a loop of links": (lambda p: p.symlink_to(p), "cannot be read"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a binary file"),
    "numbers": (bytes(range(256)) * 9, "a binary file"),
    "PDF": (b"\n%PDF-1.7\n...", "a PDF"),
    "PostScript": (b"%!PS-Adobe-3.0\n", "PostScript"),
    "Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
    "DOCX": (archive("[Content_Types].xml", "word/document.xml"), "DOCX"),
    "EPUB": (archive("mimetype"), "EPUB"),
    "ZIP": (archive("a.txt"), "ZIP"),
    "gzip": (b"\x1f\x8b\x08\0", "gzip"),
    "web archive": (b"bplist00\xd1", "Safari"),
    "RTF": (rb"{\rtf1\ansi 225 people}", "RTF"),
    "JSON": (b'\xef\xbb\xbf{"text": "225 people"}', "JSON"),
    "JSON, a list": (b'[\n {"text": "225 people"}]', "JSON"),
    "a notebook": (b'{\n "cells": []}', "JSON"),
    "RSS": (b'<?xml version="1.0"?>\n<rss><p>225 people</p></rss>', "XML"),
    "LaTeX": (rb"""% x
\documentclass{article}""", "LaTeX"),
    "mail without text": (b"MIME-Version: 1.0\nContent-Type: image/png\n\nx", "an e-mail"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_is_no_text_is_refused_by_name(what, tmp_path):
    make, message = UNUSABLE[what]
    copy = tmp_path / "copy"
    copy.write_bytes(make) if isinstance(make, bytes) else make(copy)
    start = time.process_time()
    with pytest.raises(kz.CopyError, match=f"{re.escape(str(copy))}: .*{message}"):
        kz.verify(copy)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("copy", ["{\\rtf1 225\n}", '{"a":\n1}', "no-such-file", "nul\0", "x" * 5000])
def test_a_string_is_refused_as_a_file_is(copy):
    if len(copy) < 5000:
        with pytest.raises(kz.CopyError):
            kz.verify(copy)
    else:
        assert kz.verify(copy).attrs["edition"] == "another text"


def test_a_pipe_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(rebuilt(),))
    writer.start()
    assert (kz.verify(tmp_path / "pipe")["status"] == "found").all()
    writer.join()


#: A hundred kilobytes and more of what parsers of pages, or patterns, have choked on.
HOSTILE = {
    "unclosed tags": "<html>" + "<p " * 40_000,
    "depth": "<html>" + "<div>" * 25_000,
    "depth, closed": "<html>" + "<div>" * 12_000 + "</div>" * 12_000,
    "stress": "<html>" + "<b><i><a><p>" * 10_000,
    "attributes": "<html><p " + " ".join(f"a{n}=1" for n in range(15_000)) + ">",
    "comments": "<html>" + "<!--" * 30_000,
    "declarations": "<html>" + "<![" * 40_000,
    "tags in text": "<a " * 40_000,
    "comments of LaTeX": "% " * 60_000,
    "headings": f"{EXCERPTS['section'].iloc[0]}\n" * 4_000,
    "brackets": "[" * 120_000,
    "links": "](" * 60_000,
    "entities": "&a" * 60_000,
    "quotes": "> " * 60_000,
    "bullets": "- " * 60_000,
    "dots": ". " * 60_000,
    "blank lines": "\n \n" * 40_000,
    "form feeds": "x\n\f" * 40_000,
    "hyphens": "-\n" * 60_000,
    "soft hyphens": "\u00ad " * 60_000,
    "templates": "{{" * 60_000,
    "addresses": "https://" * 15_000,
    "the same words": "in the " * 17_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_copies_take_no_longer_than_others(what):
    start = time.process_time()
    with contextlib.suppress(kz.CopyError):
        kz.verify(f"{HOSTILE[what]}\n")
    assert time.process_time() - start < 2


@pytest.mark.slow
@pytest.mark.parametrize("look", [kz.verify, kz.coverage])
def test_time_and_memory_grow_with_the_text(look):
    small = (rebuilt() + "\n") * (150_000 // len(rebuilt()))
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


@pytest.mark.slow
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
