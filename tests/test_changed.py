"""A reader's change is the reader's: no title, mark, alt text or file puts it into anybody else's mouth."""

import csv
import re

import pytest
from conftest import CHARTS, drawn
from matplotlib.colors import same_color

import kzdata as kz
from kzdata.drawing import style
from kzdata.readers_changes import MAKER, changes


def edit(tables, name, row_id, **cells):
    """Change cells of one row of a table."""
    file = tables / f"{name}.csv"
    with open(file, encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    (row,) = [row for row in rows if next(iter(row.values())) == row_id]
    assert all(row[column] != value for column, value in cells.items())
    row |= cells
    with open(file, "w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def number(value):
    return {"low": value, "best": value, "high": value}


def mark(chart, row_id):
    (found,) = [a for a in chart.figure.findobj(lambda a: a.get_gid() == f"mark-{row_id}")]
    return found


#: A change, a chart that shows it, and what its title and its foot then say.
CHANGES = {
    "a number": ("figures", "killed-2022", number("238"), "toll_as_reported",
                 "238 (changed) dead, 14 Jan 2022", "killed is 238 here, “225” in the article"),
    "a part of the old text": ("figures", "median-wage", number("57") | {"quantity_text": "$57"}, "official_wages",
                               "a median wage of $57 is", "median wage is $57 here, “$570” in the article"),
    "a rounded number": ("figures", "family-net-worth", number("1000000001"), "wages_and_wealth", "the net worth is",
                         "net worth is low 1,000,000,001, best 1,000,000,001, high 1,000,000,001 here"),
    "a list": ("figures", "csto-contributors", number("5"), "csto_troops", "5 states that sent troops",
               "states that sent troops is 5 states here, “Russia, Armenia and Belarus” in the article"),
    "a plural": ("figures", "journalists-detained", {"low": "50"}, "casualties", "225 dead of January 2022",
                 "detained is at least 50 here, “journalists” in the article"),
    "a credit": ("figures", "killed-2022", {"attributed_to": "the Red Cross"}, "toll_as_reported", "225 (changed) dead",
                 "attributed_to of killed is “the Red Cross” here, “International Crisis Group” in kzdata"),
    "a doubt": ("figures", "policemen-beheaded", {"modality": "attributed"}, "casualties", "225 dead of",
                "modality of beheaded is “attributed” here, “doubted” in kzdata"),
    "a period": ("figures", "median-wage", {"period": "year"}, "years_of_wages", "1.8 million years",
                 "period of median wage is “year” here, “not stated” in kzdata"),
    "a year": ("figures", "head-of-state-last", number("2020"), "background", "8 events before 2022",
               "last year as head of state is 2020 here, “to 2019” in the article"),
    "the day of an event": ("events", "csto-troops", {"start": "2022-02-06", "end": "2022-02-06"}, "january_2022",
                            "other states’ troops 35 days after", "start of event csto-troops is 2022-02-06 here"),
    "the day of another": ("events", "spread", {"start": "2022-01-05", "end": "2022-01-06"}, "spread",
                           "5 more places on 5 and 6 January", "end of event spread is 2022-01-06 here, 2022-01-04 in"),
    "a place": ("places", "almaty", {"latitude": "45.5"}, "spread", "5 more places",
                "latitude of place almaty is 45.5 here"),
    "a quotation": ("excerpts", "toll-2022", {"exact": "225 people have died in Almaty, 12,000 have been arrested"},
                    "toll_as_reported", "225 dead", "exact of excerpt toll-2022 is “225 people have died in Almaty"),
    "another's number": ("references", "killed-2022-01-15", number("226"), "toll_as_reported",
                         "no report here has it", "killed is 226 here, 225 in kzdata"),
    "a rate": ("rates", "usd-kzt-2021-09", {"quote_amount": "50000"}, "official_wages", "a median wage of $570",
               "quote_amount of rate usd-kzt-2021-09 is 50,000 here, 60,000 in kzdata"),
    "the author": ("article", "quoted-edition", {"authors": "Somebody"}, "tengizchevroil", "75% of Tengizchevroil",
                   "authors of article quoted-edition is “Somebody” here"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_is_the_makers(case, tables, tmp_path):
    table, row_id, cells, name, title, foot = CHANGES[case]
    edit(tables, table, row_id, **cells)
    chart = CHARTS[name](data_dir=tables)
    assert chart.title.startswith("Changed figures: ") and title in chart.title
    assert not re.search(r"[Tt]he article(’s| credits| puts| dates| names| states)", chart.title)
    written = " ".join(text.get_text() for text in chart.figure.texts)
    for where in (written, chart.alt, chart.sources[-1]):
        assert "Changed by the maker of this chart: " in where and foot in where
    (file,) = chart.export(tmp_path, "csv").files[:1]
    assert "Changed by the maker of this chart" in file.read_text(encoding="utf-8")


def test_a_changed_number_is_credited_to_nobody_else(tables, tmp_path):
    edit(tables, "figures", "killed-2022", **number("238"))
    edit(tables, "references", "killed-2022-01-15", **number("226"))
    for chart in (CHARTS["toll_as_reported"](data_dir=tables), CHARTS["casualties"](data_dir=tables)):
        row = chart.data.loc["killed-2022"]
        assert row["attributed_to"] == MAKER and row.get("publisher", MAKER) == MAKER
        assert f"238 (changed) ({MAKER}" in chart.alt and "238 (International" not in chart.alt
        assert chart.data.loc["arrested-2022", "attributed_to"] == "International Crisis Group"
    toll = CHARTS["toll_as_reported"](data_dir=tables)
    assert same_color(mark(toll, "killed-2022").get_color(), style.SOFT)
    assert same_color(mark(toll, "arrested-2022").get_color(), style.ACCENT)
    assert f"226 (changed) ({MAKER})" in toll.alt and "Prosecutor General, 226" not in toll.alt


def test_a_note_is_not_what_is_stated(tables):
    edit(tables, "figures", "killed-2022", note="Mine.", topic="politics")
    assert (changes(kz.Tables(tables), "figures") == "").all()


def test_the_summary_names_what_is_changed(tables):
    edit(tables, "figures", "killed-2022", **number("238"))
    said = kz.summarise(kz.compare(tables), tables)
    assert "People: killed, 2022 (changed) (238; " in said and "(changed)" not in kz.summarise(kz.compare())
    assert said.endswith(" Changed in these tables: killed is 238 here, “225” in the article.")


def test_every_figure_in_every_chart(tables):
    """All figures changed at once: each chart that shows one says so, and says nothing in the article's name."""
    figures = kz.load_figures()
    for figure_id, row in figures.iterrows():
        stated = row[["low", "best", "high"]].dropna()
        edit(tables, "figures", figure_id, **{column: f"{value + 3:.0f}" for column, value in stated.items()})
    silent = []
    for name, draw in CHARTS.items():
        chart = draw(data_dir=tables)
        if (chart.title, chart.alt) == (drawn(name).title, drawn(name).alt):
            silent.append(name)
            continue
        assert chart.title.startswith("Changed figures: ") and "Changed by the maker" in chart.alt, name
    assert silent == ["fuel_price", "january_2022", "spread"]  # they draw events and what others state


def test_in_the_packages_own_folder_the_words_are_the_measure(tables, monkeypatch):
    """There is nothing to hold the tables against but the quotations."""
    monkeypatch.setattr("kzdata.tables.DATA_DIR", tables)
    assert (changes(kz.Tables(tables), "figures") == "").all() and (changes(kz.Tables(tables), "events") == "").all()
    edit(tables, "figures", "killed-2022", attributed_to="the Red Cross")
    edit(tables, "figures", "policemen-beheaded", modality="hedged")
    edit(tables, "figures", "csto-members", **number("7"))
    edit(tables, "figures", "median-wage", quantity_text="$57", **number("57"))
    edit(tables, "events", "janaozen-protest", start="2022-02-02", end="2022-02-02")
    edit(tables, "events", "government-changed", start="2022-01-06", end="2022-01-06")
    said = {**changes(kz.Tables(tables), "figures"), **changes(kz.Tables(tables), "events")}
    assert {row_id: words for row_id, words in said.items() if words} == {
        "killed-2022": "killed is credited to the Red Cross here, who is not in the quotation",
        "policemen-beheaded": "beheaded is hedged here, which the quotation does not bear out",
        "csto-members": "member states is 7 states here, “Russia and organizes Armenia, Belarus, Kazakhstan, "
        "Kyrgyzstan and Tajikistan” in the article",
        "median-wage": "median wage is $57 here, which is not in the quotation",
        "janaozen-protest": "“Oil workers of Janaozen block roads over the gas price” is of 2022-02-02 here, “On "
        "January 2” in the quotation",
        "government-changed": "“Tokayev changes the government” is of 2022-01-06 here, “on Jan. 5” in the quotation",
    }


def add(tables, row_id, like, **cells):
    """A reference of the reader's own, like another."""
    file = tables / "references.csv"
    with open(file, encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    place, row = next((n, row) for n, row in enumerate(rows) if row["reference_id"] == like)
    rows.insert(place + 1, row | {"reference_id": row_id} | cells)
    with open(file, "w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    "chart, like, cells, words",
    [
        ("toll_as_reported", "killed-2022-01-15", {"subject": "Everybody", "measure": "deaths"}, "killed: 226 ("),
        ("toll_as_reported", "injured-2022-01-15", {"subject": "Everybody"}, "injured: 226 ("),
        ("zhanaozen_2011", "zhanaozen-killed-official", {"measure": "deaths"}, "deaths, official figure: 226"),
        ("csto_troops", "csto-russia", {"subject": "Serbia", "measure": "soldiers"}, "Serbia 226, not named by"),
        ("fuel_price", "lpg-price-2022", {"as_of": "2022-02"}, "February 2022: 226"),
    ],
)
def test_references_of_the_readers_own_are_drawn(chart, like, cells, words, tables):
    add(tables, "of-my-own", like, **number("226"), **cells)
    shown = CHARTS[chart](data_dir=tables)
    assert words in shown.alt and "of-my-own" in shown.data.index and mark(shown, "of-my-own")
    assert "Changed" not in shown.title + shown.alt


def test_parts_of_the_toll_are_not_drawn_as_the_whole():
    references = kz.load_references()
    parts = references.index[references["subject"].str.contains("Police|Almaty, |Security")]
    assert len(parts) == 4 and not drawn("toll_as_reported").data.index.isin(parts).any()


@pytest.mark.parametrize(
    "workers, squares, each",
    [
        ("40000", 40, "thousand"),
        ("38500", 39, "thousand"),
        ("3", 3, "1"),
        ("45000", 23, "2,000"),
        ("9000000000", 18, "500 million"),
    ],
)
def test_squares_of_workers_are_at_most_forty(workers, squares, each, tables):
    if workers != "40000":
        edit(tables, "figures", "announced-dismissals", **number(workers))
    chart = kz.charts.tengizchevroil(tables)
    boxes = [p for p in chart.figure.axes[0].patches if same_color(p.get_facecolor(), style.INK)]
    assert len(boxes) == squares and f"one square for each {each}." in chart.alt
    area = sum(p.get_width() for p in boxes) / boxes[0].get_width()
    unit = {"thousand": 1000, "500 million": 5e8}.get(each) or float(each.replace(",", ""))
    assert area * unit == pytest.approx(float(workers))
