"""Bad input, wherever it can enter, and the message that a user gets: nothing is guessed, nothing is written."""

import csv
import os
import re
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import frictionless
import pandas as pd
import pytest
from conftest import ROOT, replace

import kzdata as kz
from kzdata.__main__ import main
from kzdata.schema import descriptor
from kzdata.tables import Tables

WAGE = "economy,Workers in Kazakhstan,median wage,570,570,570,USD,not stated,,,$570,number,the article,asserted"
TEXT = "economy,Workers in Kazakhstan,{},570,570,570,USD,not stated,,,$570,number,the article,asserted"
NUMBER = "economy,Workers in Kazakhstan,median wage,{0},{0},{0},USD,not stated,,,$570,number,the article,asserted"
DATES = "economy,Workers in Kazakhstan,median wage,570,570,570,USD,not stated,{},$570,number,the article,asserted"
PERSONS = NUMBER.replace("USD", "persons")
UNSEEN = r"text that can be seen, not the control character U\+"
RANGE = "expected a number from 0 to 1000000000000000"

#: Cells of figures.csv: what the row of the median wage becomes, and the message behind the file and the line.
CELLS = {
    "NUL": (TEXT.format("median\0wage"), f"column 'measure': found .*{UNSEEN}0000"),
    "bell": (TEXT.format("median\awage"), f"column 'measure': .*{UNSEEN}0007"),
    "terminal escape": (TEXT.format("\x1b[31mwage"), f"column 'measure': .*{UNSEEN}001B"),
    "vertical tab": (TEXT.format("median\vwage"), f"{UNSEEN}000B"),
    "tab": (TEXT.format("median\twage"), f"{UNSEEN}0009"),
    "carriage return": (TEXT.format("median\rwage"), f"{UNSEEN}000D"),
    "delete": (TEXT.format("median\x7fwage"), f"{UNSEEN}007F"),
    "C1 control": (TEXT.format("median\x85wage"), f"{UNSEEN}0085"),
    "line separator": (TEXT.format("median\u2028wage"), f"{UNSEEN}2028"),
    "right-to-left override": (TEXT.format("median\u202ewage"), f"{UNSEEN}202E"),
    "isolate": (TEXT.format("median\u2066wage"), f"{UNSEEN}2066"),
    "mark of direction": (TEXT.format("median\u200fwage"), f"{UNSEEN}200F"),
    "a second byte order mark": (TEXT.format("median\ufeffwage"), f"{UNSEEN}FEFF"),
    "300 characters": (
        TEXT.format("w" * 300),
        "found 'w+...', expected text of at most 60 characters",
    ),
    "formula": (TEXT.format("=1+1"), "column 'measure': found '=1.1', .* does not begin with = "),
    "formula with +": (TEXT.format("+1"), "found '.1', .* does not begin with = "),
    "formula with -": (TEXT.format("-1"), "found '-1', .* does not begin with = "),
    "formula with @": (TEXT.format("@SUM(1)"), "found '@SUM.1.', .* does not begin with = "),
    "no text": (TEXT.format(""), "column 'measure': found nothing, expected text"),
    "quote inside": (TEXT.format('"a"b'), "column '.*': .*closing quotation mark"),
    "unclosed quote": (TEXT.format('"a'), "column '.*': .*closing quotation mark"),
    "one comma more": (TEXT.format("a,b"), "expected 17 cells, there are 18"),
    "NaN": (NUMBER.format("NaN"), f"column 'low': found 'NaN', {RANGE}"),
    "infinity": (NUMBER.format("inf"), f"found 'inf', {RANGE}"),
    "negative": (NUMBER.format("-570"), f"found '-570', {RANGE}"),
    "too large": (NUMBER.format("1e300"), f"found '1e300', {RANGE}"),
    "overflowing": (NUMBER.format("1e999"), f"found '1e999', {RANGE}"),
    "underscore": (NUMBER.format("1_000"), f"found '1_000', {RANGE}"),
    "space before": (TEXT.format(" median wage"), "found ' median wage', .* none at its ends"),
    "space after": (TEXT.format("median wage "), "found 'median wage ', .* none at its ends"),
    "two spaces": (TEXT.format("median  wage"), "found 'median  wage', .* single spaces between words"),
    "a space that does not break": (TEXT.format("median\xa0wage"), "text that can be seen, not the space U.00A0"),
    "a space without width": (TEXT.format("median\u200bwage"), f"{UNSEEN}200B"),
    "soft hyphen": (TEXT.format("median\xadwage"), f"{UNSEEN}00AD"),
    "full-width formula": (TEXT.format("＝1"), "found '＝1', .* does not begin with = "),
    "a credit with a space": (WAGE.replace("the article", "the article "), "'attributed_to': .* none at its ends"),
    "half a person": (PERSONS.format("0.5"), "column 'low': found '0.5', expected a whole number, .* unit is persons"),
    "rank 0": (NUMBER.format("0").replace("USD", "rank"), "'low': found '0', expected a number from 1 to .* is a rank"),
    "the year 20222": (NUMBER.format("20222").replace("USD", "year"), "expected a number from 1800 to 2100"),
    "start alone": (DATES.format("2022-02-01,"), "column 'end': found nothing, expected a date: start and end go tog"),
    "end alone": (DATES.format(",2022-02-01"), "column 'start': found nothing, expected a date: start and end go tog"),
    "decimal comma": (NUMBER.format('"570,5"'), f"found '570,5', {RANGE}"),
    "thousands": (NUMBER.format('"1,000"'), f"found '1,000', {RANGE}"),
    "space": (NUMBER.format(" 570"), f"found ' 570', {RANGE}"),
    "full-width digits": (NUMBER.format("５７０"), f"found '５７０', {RANGE}"),
    "Arabic digits": (NUMBER.format("٥٧٠"), f"found '٥٧٠', {RANGE}"),
    "hexadecimal": (NUMBER.format("0x10"), f"found '0x10', {RANGE}"),
    "truth": (NUMBER.format("True"), f"found 'True', {RANGE}"),
    "word": (NUMBER.format("many"), f"found 'many', {RANGE}"),
    "dollars": (NUMBER.format("$570"), f"found '.570', {RANGE}"),
    "all missing": (NUMBER.format(""), "column 'low': found nothing, expected a value in at least one of low, best"),
    "no such day": (
        DATES.format("2022-02-30,2022-03-01"),
        "'start': found '2022-02-30', expected a date, YYYY-MM-DD, from",
    ),
    "a day of 1492": (DATES.format("1492-01-01,"), "found '1492-01-01', .* from 1800-01-01 to 2100-12-31"),
    "a day of 3022": (DATES.format("3022-01-01,"), "found '3022-01-01', .* from 1800-01-01 to 2100-12-31"),
    "basic date": (DATES.format("20220102,"), "found '20220102', expected a date, YYYY-MM-DD"),
    "American date": (DATES.format("01/02/2022,"), "found '01/02/2022', expected a date"),
    "end before start": (DATES.format("2022-02-01,2022-01-01"), "column 'start': .* at most end, which is 2022-01-01"),
}
#: What Table Schema has no words for here, or reads more loosely, so that frictionless lets it pass.
LOOSER = {
    "NUL", "bell", "terminal escape", "vertical tab", "tab", "carriage return", "delete", "C1 control",
    "line separator", "right-to-left override", "isolate", "mark of direction", "a second byte order mark",
    "space before", "space after", "two spaces", "a space that does not break", "a space without width", "soft hyphen",
    "full-width formula", "a credit with a space", "half a person", "rank 0", "the year 20222", "start alone",
    "end alone",
    "formula", "formula with +", "formula with -", "formula with @", "quote inside", "unclosed quote", "NaN",
    "underscore", "full-width digits", "space", "Arabic digits", "all missing", "end before start",
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_a_cell(case, tables):
    row, message = CELLS[case]
    file = tables / "figures.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(WAGE) == 1
    file.write_bytes(text.replace(WAGE, row).encode("utf-8"))
    with pytest.raises(kz.DataError, match=rf"^{re.escape(str(file))}, line 4\b.*({message})") as raised:
        kz.load_figures(tables)
    assert raised.value.file == file and raised.value.line == 4
    if case not in LOOSER:
        assert not frictionless.validate(str(tables / "datapackage.json")).valid


def _edit(name, old, new):
    def edit(tables):
        file = tables / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _pipe(tables):
    (tables / "figures.csv").unlink()
    os.mkfifo(tables / "figures.csv")


def _again(name, row_id):
    def edit(tables):
        lines = (tables / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (row,) = (line for line in lines if line.startswith(f"{row_id},"))
        (tables / name).write_text("".join([*lines, row.replace(row_id, "again", 1)]), encoding="utf-8")

    return edit


def _mirrored(tables):
    """A conflict told again, the other way round."""
    lines = (tables / "conflicts.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    _, a, b, rest = lines[1].split(",", 3)
    (tables / "conflicts.csv").write_text("".join([*lines, f"again,{b},{a},{rest}"]), encoding="utf-8")


def _loop(tables):
    (tables / "figures.csv").unlink()
    (tables / "figures.csv").symlink_to(tables / "figures.csv")


def _folder(tables):
    (tables / "figures.csv").unlink()
    (tables / "figures.csv").mkdir()


def _bytes(change):
    return lambda tables: (tables / "figures.csv").write_bytes(change((tables / "figures.csv").read_bytes()))


#: Whole files: what is done to the folder, the loader, and the message.
FILES = {
    "no file": (lambda t: (t / "figures.csv").unlink(), "figures", "figures.csv: found nothing, expected a file"),
    "a folder instead": (_folder, "figures", "figures.csv: .* a file that can be read .Is a directory"),
    "a pipe": (_pipe, "figures", "figures.csv: .* a file of its own, not a pipe or a device"),
    "no month": (_edit("references.csv", ",2021-Q2,", ",2021-13,"), "references", "'as_of': found '2021-13'"),
    "no quarter": (_edit("references.csv", ",2021-Q2,", ",2021-Q5,"), "references", "'as_of': found '2021-Q5'"),
    "no day of February": (_edit("rates.csv", "2021-09-02,Trend", "2021-02-30,Trend"), "rates", "a day of the cal"),
    "no year": (_edit("references.csv", ",2023,https", ",0000,https"), "references", "'published': found '0000'"),
    "published on no day": (_edit("rates.csv", "2021-02-01", "2021-02-31"), "rates", "'published': .* day of the cal"),
    "a figure again": (_again("figures.csv", "killed-2022"), "figures", "line 43, .*'again', .* line 40 says the same"),
    "a reference again": (_again("references.csv", "csto-russia"), "references", "found 'again', .* says the same"),
    "a place again": (_again("places.csv", "london"), "places", "found 'again', .* says the same"),
    "a conflict again": (_mirrored, "conflicts", "found 'again', .* line 2 says the same"),
    "a conflict with itself": (_edit("conflicts.csv", ",gasoline-price,", ",january-2,"), "conflicts", "none contra"),
    "an unknown currency": (_edit("rates.csv", ",USD,550", ",XYZ,550"), "rates", "'base_currency': found 'XYZ'"),
    "one currency": (_edit("rates.csv", ",USD,550,KZT,", ",KZT,550,KZT,"), "rates", "another currency than base_curr"),
    "paragraphs without it": (_edit("excerpts.csv", "11,11;19", "11,12;19"), "excerpts", "expected the paragraph 11 a"),
    "paragraphs out of order": (_edit("excerpts.csv", "11,11;19", "11,11;10"), "excerpts", "'occurrences': .*'11;10'"),
    "north for east": (_edit("places.csv", "43.66105,51.17392", "51.17392,43.66105"), "places", "line 3, .*'latitude'"),
    "half a place": (_edit("places.csv", "43.66105,51.17392", "43.66105,"), "places", "'longitude': .* go together"),
    "no figure compared": (_edit("references.csv", ",arrested-2022,", ",,"), "references", "'no figure' where figure"),
    "more than the whole": (_edit("references.csv", "45,45,45,", "145,145,145,"), "references", "is a share"),
    "markup in an address": (_edit("rates.csv", "https://bm.ge/en", "https://bm.ge/<b>"), "rates", "column 'url'"),
    "a link to itself": (_loop, "figures", "figures.csv: .* a file that can be read .Too many levels of"),
    "no bytes": (_bytes(lambda raw: b""), "figures", "figures.csv, line 1, .* a header with the columns figure_id"),
    "spaces": (_bytes(lambda raw: b" \n \n"), "figures", "figures.csv, line 1, .* a header"),
    "UTF-16": (_bytes(lambda raw: raw.decode().encode("utf-16")), "figures", "expected UTF-8 text, not byte 0xff"),
    "Windows-1251": (_bytes(lambda raw: raw.replace(b"World", "Мир".encode("cp1251"))), "figures", "UTF-8 text"),
    "two encodings": (_bytes(lambda raw: raw + "é".encode("latin-1")), "figures", "UTF-8 text, not byte 0xe9"),
    "a million columns": (_bytes(lambda raw: raw + b"," * 1_000_000), "figures", "17 cells, there are 1000001"),
    "a cell of a million": (_bytes(lambda raw: raw + b"x" * 1_000_000), "figures", "line 43|text of at most|17 cells"),
    "an empty line": (_bytes(lambda raw: raw.replace(b"\n", b"\n\n", 1)), "figures", "line 2, .*17 cells, there are 0"),
    "duplicate place": (_edit("places.csv", "\nalmaty,", "\naktau,"), "places", "found 'aktau', .* used once"),
    "latitude": (_edit("places.csv", "43.66105", "143.66105"), "places", "found '143.66105', .* from -90 to 90"),
    "longitude": (_edit("places.csv", "51.17392", "-251.17392"), "places", "'-251.17392', .* from -180 to 180"),
    "unknown place": (_edit("events.csv", ",janaozen,", ",jupiter,"), "events", "found 'jupiter', .* place_id of"),
    "script as address": (_edit("article.csv", "https://socialistfight", "javascript://x"), "article", "column 'url'"),
    "address with markup": (_edit("references.csv", "https://", "<b>://"), "references", "column 'url'"),
    "a rate of nothing": (_edit("rates.csv", "80000000", "0"), "rates", "found '0', expected a number from 0.01 to"),
    "path as id": (_edit("figures.csv", "\nmedian-wage,", "\n../wage,"), "figures", "text of the form"),
}  # fmt: skip


#: It takes minutes over one, waits for ever for another, and Table Schema has no words for the rest.
NOT_FOR_FRICTIONLESS = {
    "a million columns", "a pipe", "no day of February", "published on no day", "a figure again", "a reference again",
    "a place again", "a conflict again", "a conflict with itself", "one currency", "paragraphs without it",
    "paragraphs out of order", "north for east", "half a place", "no figure compared", "more than the whole",
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file(case, tables):
    change, loader, message = FILES[case]
    change(tables)
    with pytest.raises(kz.DataError, match=message):
        getattr(kz, f"load_{loader}")(tables)
    if case not in NOT_FOR_FRICTIONLESS:
        assert not frictionless.validate(str(tables / "datapackage.json")).valid


#: Articles: what stands in the file, and the message. A path is of the file itself.
COPIES = {
    "nothing": (b"", "no text in it"),
    "spaces": (b" \n\n ", "no text in it"),
    "a web page without words": (b"<html><script>x</script></html>", "no text in it"),
    "a PDF": (b"%PDF-1.7\n", "a PDF; save its text first"),
    "a program": (b"\x7fELF\0\1\2", "a binary file"),
    "no file": (None, "no such file; save the article as plain text or as a web page, and give its path"),
}


@pytest.mark.parametrize("check", [kz.verify, kz.coverage])
@pytest.mark.parametrize("case", COPIES)
def test_a_copy_of_the_article(case, check, tmp_path):
    content, message = COPIES[case]
    file = tmp_path / "copy.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(kz.CopyError, match=f"^{re.escape(str(file))}: {message}"):
        check(file)
    assert main(["verify", str(file)]) == 2


#: Arguments: the call, the error, and its message.
CALLS = {
    "no wages": (lambda: kz.charts.years_of_wages(0), ValueError, "wages_per_year is 0, expected a number above 0"),
    "negative wages": (lambda: kz.compare(wages_per_year=-1), ValueError, "wages_per_year is -1"),
    "endless wages": (lambda: kz.charts.years_of_wages(float("inf")), ValueError, "wages_per_year is inf"),
    "no number of wages": (lambda: kz.charts.official_wages(wages_per_year=float("nan")), ValueError, "year is nan"),
    "a word for wages": (lambda: kz.charts.years_of_wages("monthly"), ValueError, "wages_per_year is 'monthly'"),
    "negative tolerance": (lambda: kz.compare(tolerance=-0.1), ValueError, "tolerance is -0.1, expected 0 or more"),
    "unknown sum": (lambda: kz.charts.years_of_wages(total="yacht"), ValueError, "total is 'yacht', expected one of"),
    "unknown kind": (lambda: kz.charts.beside_others(comparability="x"), ValueError, "comparability is 'x', expected"),
    "unknown format": (lambda: kz.charts.spread().export("out", "png,exe"), ValueError, "unknown format 'exe'"),
    "no words": (lambda: kz.parse_quantity("plenty"), ValueError, "plenty"),
    "no format": (lambda: kz.charts.spread().export("out", ()), ValueError, "unknown format ''"),
    "a format outside": (lambda: kz.charts.spread().export("out", "../png"), ValueError, "unknown format '../png'"),
    "a word for dpi": (lambda: kz.charts.spread().export("out", dpi="600"), ValueError, "dpi is '600', expected a num"),
    "no dpi": (lambda: kz.charts.spread().export("out", dpi=0), ValueError, "dpi is 0, expected a number above 0"),
    "endless dpi": (lambda: kz.charts.spread().export("out", dpi=1e9), ValueError, "dpi is .*, expected at most 1200"),
    "coarse dpi": (lambda: kz.charts.spread().export("out", dpi=1), ValueError, "dpi is 1, expected at least 30"),
    "truth for dpi": (lambda: kz.charts.spread().export("out", dpi=True), ValueError, "dpi is True, expected a number"),
    "no directory": (lambda: kz.charts.spread().export(""), ValueError, "directory is '', expected a folder"),
    "a format in capitals": (lambda: kz.charts.spread().export("out", ["PNG"]), ValueError, "unknown format 'PNG'"),
    "a file as tables": (lambda: kz.load_figures(__file__), kz.DataError, "a file that can be read .Not a directory"),
    "no folder of tables": (lambda: kz.load_figures("../none"), kz.DataError, "a folder of your own holds all"),
    "no table of the name": (lambda: kz.load_nothing(), AttributeError, "no attribute 'load_nothing'"),
}  # fmt: skip


@pytest.mark.parametrize("case", CALLS)
def test_an_argument(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, error, message = CALLS[case]
    with pytest.raises(error, match=message):
        call()
    assert os.listdir(tmp_path) == []


#: Command lines, and what the user reads.
COMMANDS = {
    "a notebook outside": (["charts", "--only", "../../etc/passwd"], "no notebook '../../etc/passwd', expected one of"),
    "an absolute notebook": (["charts", "--only", "/etc/passwd"], "no notebook '/etc/passwd', expected one of 00_st"),
    "a device of Windows": (["charts", "--only", "CON"], "no notebook 'CON', expected one of"),
    "a format outside": (["charts", "--formats", "../png"], "no format '../png', expected some of png,svg,pdf,csv"),
    "a table outside": (["tables", "../figures"], "no table '../figures', expected some of article, "),
    "no number of seconds": (["charts", "--cell-seconds", "soon"], "invalid int value: 'soon'"),
    "a negative number of seconds": (["charts", "--cell-seconds", "-1"], "--cell-seconds is -1, expected 1 or more"),
    "two tables as CSV": (["tables", "--csv"], "--csv prints one table: name it"),
    "no copy": (["verify"], "verify needs your copy of the article: save https://"),
    "no command": ([], "required: COMMAND"),
    "unknown command": (["drop"], "invalid choice: 'drop'"),
}  # fmt: skip


@pytest.mark.parametrize("case", COMMANDS)
def test_a_command_line(case, capsys):
    arguments, message = COMMANDS[case]
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2 and message in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("rows", [0, 1])
@pytest.mark.parametrize("table", sorted(file.stem for file in kz.DATA_DIR.glob("*.csv")))
def test_a_table_with_hardly_a_row(table, rows, tables):
    """It loads, or the message names a table; a chart of it is drawn, or says what it lacks."""
    file = tables / f"{table}.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[: rows + 1]), encoding="utf-8")
    try:
        assert len(getattr(kz, f"load_{table}")(tables)) == rows
    except kz.DataError as error:
        assert table in ("figures", "events", "references", "conflicts") and "used once" not in str(error)
    drawn = 0
    for name in (name for name in kz.charts.__all__ if name[0].islower()):
        try:
            drawn += bool(getattr(kz.charts, name)(data_dir=tables).title)
        except kz.DataError as error:
            assert re.search(r"expected (a row|rows|an? \w+_id of|.* in row)", str(error)), name
    cited = (table, rows) != ("article", 0) and table != "excerpts"
    assert (drawn > 0) == cited, "each chart cites the article and quotes it"


def test_the_folder_of_the_tables_may_be_in_the_readers_own(tables, monkeypatch):
    monkeypatch.setenv("HOME", str(tables.parent))
    replace(tables / "figures.csv", WAGE, TEXT.format("typical wage"))
    assert kz.load_figures("~/tables").loc["median-wage", "measure"] == "typical wage"
    with pytest.raises(kz.DataError, match="~nobody-here.*a folder of your own holds all the tables"):
        kz.load_figures("~nobody-here/tables")


@pytest.mark.parametrize("column", ["authors", "dated"])
def test_an_edition_that_cannot_be_cited(column, tables):
    """The earlier edition has neither; the quoted one is cited under every chart."""
    article = kz.load_article(tables)
    row = article.loc["quoted-edition", column]
    old = f",{row:%Y-%m-%d},2022-02-08" if column == "dated" else f",{row},2022"
    replace(tables / "article.csv", old, old.replace(old.split(",")[1], ""))
    assert pd.isna(kz.load_article(tables).loc["quoted-edition", column])
    with pytest.raises(kz.DataError, match=f"article.csv, line 2, column '{column}': found nothing, expected a value"):
        Tables(tables).edition()


def test_columns_without_a_value(tables):
    """What may be missing may be missing everywhere, and keeps its type."""
    types = kz.load_figures().dtypes
    figures = tables / "figures.csv"
    with open(figures, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row |= dict.fromkeys(("start", "end", "note"), "")
    with open(figures, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    loaded = kz.load_figures(tables)
    assert loaded[["start", "end", "note"]].isna().all(axis=None) and loaded.dtypes.equals(types)
    assert not re.search(r"\b(nan|NaT|None)\b|<NA>", kz.summarise(kz.compare(tables), tables))


def test_no_table_refers_to_itself_by_way_of_others():
    """A cycle of foreign keys would end no load; graphlib names it if there is one."""
    graph = {
        table["name"]: {key["reference"]["resource"] for key in table["schema"].get("foreignKeys", [])}
        for table in descriptor()["resources"]
    }
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("excerpts") < order.index("figures") < order.index("references")


@pytest.mark.parametrize("word, code", [("среднее", ""), ("نص", "U+06"), ("工资", "U+"), ("wage 🔥", "U+1F525")])
def test_a_script_that_the_fonts_lack(word, code, tables):
    """Cyrillic is drawn; what would be drawn as boxes is refused, with the character."""
    replace(tables / "figures.csv", WAGE, TEXT.format(word))
    if not code:
        assert word in kz.charts.wages_and_wealth(tables).alt
        return
    with pytest.raises(ValueError, match=f"cannot be drawn: the chart's font has no character .*{re.escape(code)}"):
        kz.charts.wages_and_wealth(tables)


@pytest.mark.slow
def test_a_missing_font(tmp_path):
    """Named when charts are imported, not replaced by another."""
    shutil.copytree(ROOT / "kzdata", tmp_path / "kzdata")
    font = tmp_path / "kzdata" / "drawing" / "fonts" / "SourceSansPro-It.ttf"
    font.unlink()
    tables, charts = (
        subprocess.run(
            [sys.executable, "-c", f"import kzdata as kz; kz.{use}"], cwd=tmp_path, capture_output=True, text=True
        )
        for use in ("load_figures()", "charts")
    )
    assert tables.returncode == 0 and charts.returncode == 1 and str(font) in charts.stderr.splitlines()[-1]


def test_more_than_the_whole(tables):
    replace(tables / "figures.csv", "75,75,75,percent", "175,175,175,percent")
    with pytest.raises(kz.DataError, match="found '175', expected at most 100 percent in row 'us-ownership'"):
        kz.charts.tengizchevroil(tables)


@pytest.mark.parametrize("name, value", [("KZDATA_EXPORTS", "/dev/null/x"), ("KZDATA_FORMATS", "png,,csv"),
                                         ("KZDATA_FORMATS", "../png")])  # fmt: skip
def test_an_environment_variable(name, value, monkeypatch, tmp_path):
    monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    with pytest.raises((OSError, ValueError), match="Not a directory|unknown format"):
        kz.charts.tengizchevroil().export()
    assert os.listdir(Path.cwd()) == []
