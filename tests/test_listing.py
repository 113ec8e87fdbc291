"""The tables on the command line, and what a wrong command says."""

import csv
import io
import json

import pytest

import kzdata as kz
from kzdata.__main__ import main


def printed(capsys, *arguments):
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_text(capsys):
    text = printed(capsys, "tables", "figures")
    assert text.startswith("figures: Quantities stated by the article, 41 rows")
    assert "killed-2011\n  topic          casualties\n" in text and "  quantity_text  dozens\n" in text
    assert "<NA>" not in text and "nan" not in text.split() and max(map(len, text.split("\n"))) <= 100
    assert all(f"\n{name}: " in "\n" + printed(capsys, "tables") for name in ("article", "figures", "rates"))


def test_json(capsys):
    tables = json.loads(printed(capsys, "tables", "figures", "events", "--json"))
    assert list(tables) == ["figures", "events"]
    rows = {row["figure_id"]: row for row in tables["figures"]}
    assert rows["killed-2011"]["best"] is None and rows["killed-2022"]["end"] == "2022-01-14"
    assert set(rows) == set(kz.load_figures().index)


def test_csv_is_the_file(capsys):
    text = printed(capsys, "tables", "figures", "--csv")
    assert text == (kz.DATA_DIR / "figures.csv").read_text(encoding="utf-8")
    assert len(list(csv.reader(io.StringIO(text)))) == 42


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["tables", "figure"], "no table 'figure', expected some of article, excerpts, figures"),
        (["tables", "--csv"], "--csv prints one table: name it"),
        (["verify"], "verify needs your copy of the article: save https://socialistfight.com/"),
        (["coverage"], "then run python -m kzdata coverage PATH"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_wrong_commands_say_what_to_do(capsys, arguments, message):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2 and message in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("command", ["charts", "report", "notebooks", "verify", "tables", "dictionary", "annotations"])
def test_help(capsys, command):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "usage: python -m kzdata" in (text := capsys.readouterr().out) and len(text) > 150
