"""The quotations as W3C Web Annotations, for any tool of that standard."""

# Without "from __future__ import annotations", because the function has that name.

from pathlib import Path
from typing import Any

from kzdata.quotations.find_passages import find
from kzdata.quotations.normalise import Folded
from kzdata.quotations.read_copy import read_copy
from kzdata.schema import resource
from kzdata.tables import Tables


def annotations(copy: str | Path | None = None, data_dir: str | Path | Tables | None = None) -> dict[str, Any]:
    """The quotations as an annotation collection (JSON-LD).

    Parameters
    ----------
    copy, data_dir : optional
        As of :func:`kzdata.verify`. With a copy, each occurrence of a quotation is a
        target with a TextPositionSelector too, by characters of the copy's text.

    Returns
    -------
    dict
        An ``AnnotationCollection`` with one page. The body of an annotation names
        the figures and events that rest on the quotation.

    Raises
    ------
    CopyError, DataError
        If the copy cannot be read as text, or a table breaks its description.
    """
    tables = Tables.of(data_dir)
    article, excerpts = tables.edition(), tables["excerpts"].fillna({"prefix": "", "suffix": ""})
    figures, events, conflicts = tables["figures"], tables["events"], tables["conflicts"]
    stated: dict[str, list[str]] = {excerpt_id: [] for excerpt_id in excerpts.index}
    for r in figures.to_dict("records"):
        credit = f"({r['attributed_to']}, {r['modality']})"
        stated[r["excerpt_id"]].append(f"{r['subject']}: {r['measure']}, “{r['quantity_text']}” {credit}")
    for r in events.to_dict("records"):
        stated[r["excerpt_id"]].append(f"{r['title']}, “{r['date_text']}”")
    for r in conflicts.to_dict("records"):
        for excerpt_id in (r["excerpt_id_a"], r["excerpt_id_b"]):
            stated[excerpt_id].append(f"At odds with another quotation on {r['about']}")
    text = None if copy is None else Folded(read_copy(copy))
    items = []
    for excerpt_id, row in excerpts.to_dict("index").items():
        quote = {"type": "TextQuoteSelector"} | {key: row[key] for key in ("exact", "prefix", "suffix") if row[key]}
        spans = [] if text is None else [text.span(*span) for span in find(row["exact"], text)]
        positions = [{"type": "TextPositionSelector", "start": start, "end": end} for start, end in spans]
        selectors: list[Any] = [[quote, position] for position in positions] or [quote]
        body = {"type": "TextualBody", "format": "text/plain", "language": "en"}
        items.append({
            "id": f"urn:kzdata:excerpt:{excerpt_id}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [body | {"value": value} for value in stated[excerpt_id]],
            "target": [{"source": article["url"], "selector": selector} for selector in selectors],
        })  # fmt: skip
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:kzdata:excerpts",
        "type": "AnnotationCollection",
        "label": f"{resource('excerpts')['title']} from “{article['title']}”",
        "total": len(items),
        "first": {"id": "urn:kzdata:excerpts:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
