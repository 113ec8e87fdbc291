"""The documents lead to what is there: files, and headings in them. Addresses on other machines are not asked."""

import re
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from markdown_it import MarkdownIt

DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("kzdata/data/*.md"), *ROOT.glob("notebooks/*.ipynb")]


def markdown(file: Path) -> str:
    if file.suffix != ".ipynb":
        return file.read_text(encoding="utf-8")
    cells = nbformat.read(file, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def tokens(file: Path) -> list:
    return MarkdownIt("commonmark").enable("table").parse(markdown(file))


def links(file: Path) -> list[str]:
    inline = [child for token in tokens(file) for child in token.children or []]
    found = [str(token.attrs.get("href") or token.attrs.get("src", "")) for token in inline]
    named = re.findall(r"`((?:kzdata|notebooks|tests)/[^`*]*)`", markdown(file)) if file.parent == ROOT else []
    return [link for link in found + named if link and not re.match(r"https?://|mailto:", link)]


def anchors(file: Path) -> set[str]:
    """As code hosts and JupyterLab make them from headings."""
    every = tokens(file)
    heads = [every[n + 1].content for n, token in enumerate(every) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_no_link_is_dead(file):
    for link in links(file):
        path, _, anchor = link.partition("#")
        target = file.parent / path if path else file
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_there_are_links():
    assert len(links(ROOT / "README.md")) > 15 and sum(map(len, map(links, DOCUMENTS))) > 25
