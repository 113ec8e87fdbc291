"""Copies of the article, word by word: what is found, changed, missing, hidden and counted, and in which paragraph."""

import re

import pandas as pd
import pytest
from conftest import SENTENCE, rebuilt

import kzdata as kz
from kzdata.quotations.find_passages import find
from kzdata.quotations.normalise import Folded


def paragraphs(count: int, quoted: dict[int, str]) -> str:
    title = kz.load_article().iloc[0]["title"]
    return "\n\n".join([title, *(quoted.get(n, f"{SENTENCE} {n % 10}") for n in range(2, count + 1))])


def test_paragraphs_are_counted_from_the_title():
    exact = kz.load_excerpts()["exact"]
    copy = paragraphs(41, {n: f"{SENTENCE} {exact[i]}" for n, i in ((11, "wages-and-wealth"), (41, "toll-2022"))})
    for text in (copy, "A menu\n\nA search\n\n" + copy):
        found = kz.verify(text)
        assert found.loc[["wages-and-wealth", "toll-2022"], "paragraph"].to_list() == [11, 41]
        numbers = kz.coverage(text)
        assert set(numbers.loc[numbers["text"].isin(["$570", "225"]), "paragraph"]) == {11, 41}


def test_a_word_and_a_digit_are_changes_and_two_thirds_of_the_words_are_not_the_quotation():
    exact = kz.load_excerpts().loc["toll-2022", "exact"]
    assert exact.split()[:4] == ["225", "people", "have", "died,"]
    status = {
        exact: "found",
        exact.replace("225", "226"): "changed",
        exact.replace("have died", "have been killed"): "changed",
        exact.replace("12,000", "12,500"): "changed",
        "225 people were counted by somebody else in quite another place and year.": "missing",
    }
    for passage, expected in status.items():
        row = kz.verify(paragraphs(20, {7: f"{SENTENCE}\n\n{passage}"})).loc["toll-2022"]
        assert row["status"] == expected, passage
        if expected == "changed":
            old, new = (set(re.findall(pattern, row["difference"])) for pattern in (r"\[-(.*?)-\]", r"\{\+(.*?)\+\}"))
            assert all(words in exact for words in old) and all(words in passage for words in new) and old != new


def test_one_of_two_occurrences_that_is_changed_is_seen():
    exact = kz.load_excerpts().loc["wages-and-wealth", "exact"]
    copy = paragraphs(20, {5: exact, 15: exact.replace("$570", "$750")})
    row = kz.verify(copy).loc["wages-and-wealth"]
    assert row["status"] == "changed" and "$750" in row["passage"]


def test_a_changed_quotation_of_all_is_not_the_edition_quoted():
    whole = rebuilt()
    assert kz.verify(whole).attrs["edition"] == "the edition quoted"
    assert kz.verify(whole.replace("$570", "$580")).attrs["edition"] != "the edition quoted"


PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><p>{0}</p><{1}>{2}</{1}><p>{3}</p></body></html>"


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript"])
def test_what_a_page_hides_is_not_read(tag):
    title, exact = kz.load_article().iloc[0]["title"], kz.load_excerpts().loc["toll-2022", "exact"]
    page = PAGE.format(title, tag, exact, SENTENCE) + "\n"
    assert kz.verify(page).loc["toll-2022", "status"] == "missing"
    assert kz.verify(page.replace(tag, "p")).loc["toll-2022", "status"] == "found"


def test_emphasis_inside_a_quotation_is_no_change():
    title, exact = kz.load_article().iloc[0]["title"], kz.load_excerpts().loc["toll-2022", "exact"]
    page = PAGE.format(title, "p", exact.replace("people", "peo<em>ple</em>"), SENTENCE) + "\n"
    assert kz.verify(page).loc["toll-2022", "status"] == "found"


def test_a_copy_in_windows_1252_keeps_its_apostrophes(tmp_path):
    (tmp_path / "copy.txt").write_bytes(rebuilt().encode("cp1252"))
    found = kz.verify(tmp_path / "copy.txt")
    assert (found["status"] == "found").all() and found["passage"].str.contains("’").sum() > 3


def test_coverage_sees_every_kind_of_quantity_and_stops_at_the_comments():
    words = "3 May; 17th; $640; 15%; 4,321; several; decades; Aktobe, Atyrau and Oral; numerous"
    seen = kz.coverage(paragraphs(9, {4: f"{SENTENCE} {words}."}) + "\n\nLeave a Reply\n\nI counted 9,876 of them.")
    strange = seen[(seen["paragraph"] == 4) & (seen["status"] == "unaccounted")]
    assert list(strange["text"]) == words.split("; ")
    assert not seen["text"].eq("9,876").any()


def test_a_number_next_to_one_that_is_coded_is_not_accounted_for():
    exact = kz.load_excerpts().loc["toll-2022", "exact"]
    longer = kz.load_excerpts().loc["leader-decades", "exact"]  # how far a row may reach is that of the longest words
    copy = paragraphs(9, {4: f"{exact} 31 of them in one place.", 6: longer})
    seen = kz.coverage(copy).set_index("text")["status"]
    assert seen["225"] == "coded" and seen["31"] == "unaccounted"


def test_an_annotation_says_who_doubts_what_and_what_is_at_odds():
    copy, excerpts, conflicts = rebuilt(), kz.load_excerpts(), kz.load_conflicts()
    items = {item["id"].rpartition(":")[2]: item for item in kz.annotations(copy)["first"]["items"]}
    said = {i: " ".join(body["value"] for body in item["body"]) for i, item in items.items()}
    assert "doubted" in said["decapitated-policemen"] and "the government" in said["decapitated-policemen"]
    for _, row in conflicts.iterrows():
        assert all(row["about"] in said[row[side]] for side in ("excerpt_id_a", "excerpt_id_b"))
    for excerpt_id, item in items.items():
        for target in item["target"]:
            quote, place = target["selector"]
            kept = {key: excerpts.loc[excerpt_id, key] for key in ("exact", "prefix", "suffix")}
            assert {k: v for k, v in quote.items() if k != "type"} == {k: v for k, v in kept.items() if not pd.isna(v)}
            assert copy[place["start"] : place["end"]] == quote["exact"]


@pytest.mark.parametrize("longer", ["eleven people", "1225 people", "1,225 people", "1 225people", "225 peoples"])
def test_a_quotation_is_no_part_of_a_longer_word_or_number(longer):
    text = Folded(f"A line of a text that says {longer} at the end of it.\n")
    for quotation in ("even people", "225 people"):
        assert list(find(quotation, text)) == []
    assert list(find("at the end", text)) != []
