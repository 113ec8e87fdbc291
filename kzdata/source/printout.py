"""What a page of paper or an e-mail adds to a text: page numbers, heads and feet, marks of quoting."""

import re
from collections import Counter

QUOTED = re.compile(r"(?:^[ \t]*>.*\n){2,}(?:[ \t]*>.*)?", re.M)
MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.M)
NUMBER = r"(\d{1,4})(?:[ \t]*(?:/|of)[ \t]*\d{1,4})?"
NUMBERED = re.compile(rf"^[ \t]*(?:(?:[-–—|\[]|page|p\.)[ \t]*)?{NUMBER}[ \t]*[-–—|\]]?[ \t]*$", re.M | re.I)
COUNTED = re.compile(r"^[ \t]*(\d{1,5}):?[ \t]+", re.M)


def without_page_ends(text: str) -> str:
    """The text with the lines of quoted e-mail unmarked, and what stands at the ends of pages left out."""
    text = QUOTED.sub(lambda match: MARK.sub("", match[0]), text)
    counts = COUNTED.findall(text)
    if len(counts) == len(re.findall(r"^.*\S", text, re.M)) and _rising(counts):
        text = COUNTED.sub("", text)
    if "\f" in text:
        text = _joined([page.strip("\n").split("\n") for page in text.split("\f")])
    return NUMBERED.sub("", text) if _rising(NUMBERED.findall(text)) else text


def _rising(numbers: list[str]) -> bool:
    """Whether there are two or more, each by one larger than that before it."""
    return len(numbers) > 1 and all(int(after) == int(before) + 1 for before, after in zip(numbers, numbers[1:]))


def _joined(pages: list[list[str]]) -> str:
    """Pages without the lines at their ends that, digits apart, other pages have there too."""
    for end in (0, -1, 0, -1):
        seen = Counter(_shape(page[end]) for page in pages if page)
        for number, page in enumerate(pages):
            while page and (not page[end].strip() or (seen[_shape(page[end])] > 1 and (number or end))):
                page.pop(end)
    return "\n".join("\n".join(page) for page in pages)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())
