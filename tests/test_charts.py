"""The charts as pages, as text, and as functions of the data."""

import re

import numpy as np
import pandas as pd
import pytest
from conftest import CHARTS, drawn, replace
from fontTools.ttLib import TTFont
from layout_check import lightness, linear, problems
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path

import kzdata as kz
from kzdata.drawing import style, text
from kzdata.drawing.page import WIDE

WAGE = "median wage,570,570,570"


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_printable(name):
    with style.style():
        assert problems(drawn(name).figure) == []


#: Edits to the tables that push the layout: old text, new text, and the charts that they reach.
STRETCHED = {
    "a larger fortune": ("net worth,1000000000,1000000000,1000000000", "net worth,2.5e11,2.5e11,2.5e11",
                         "wages_and_wealth years_of_wages beside_others"),
    "equal wages": (WAGE, "median wage,97,97,97", "wages_and_wealth years_of_wages official_wages beside_others"),
    "a larger toll": ("People,killed,225,225,225", "People,killed,98765,98765,98765",
                      "casualties toll_as_reported beside_others"),
    "few dismissals": ("lose their jobs,40000,40000,40000", "lose their jobs,1500,1500,1500", "tengizchevroil"),
    "many dismissals": ("lose their jobs,40000,40000,40000", "lose their jobs,123400,123400,123400", "tengizchevroil"),
    "a small share": ("US companies,75,75,75", "US companies,30,30,30", "tengizchevroil"),
    "a long name": ("225,number,International Crisis Group",
                    "225,number,International Federation for Human Rights and others",
                    "casualties toll_as_reported"),
    "a later event": ("csto-troops,2022-01-06,2022-01-06", "csto-troops,2022-03-06,2022-03-06", "january_2022"),
}  # fmt: skip


@pytest.mark.parametrize("edit, name", [(edit, name) for edit in STRETCHED for name in STRETCHED[edit][2].split()])
def test_a_chart_stays_printable_when_the_data_change(edit, name, tables):
    old, new, _ = STRETCHED[edit]
    (file,) = (file for file in (tables / "figures.csv", tables / "events.csv") if old in file.read_text("utf-8"))
    replace(file, old, new)
    chart = CHARTS[name](data_dir=tables)
    assert chart.alt != drawn(name).alt
    with style.style():
        assert problems(chart.figure) == []


def test_the_layout_check_finds_what_it_looks_for():
    chart = kz.charts.wages_and_wealth()
    with style.style():
        for x, y, size, color in ((0.1, 0.5, 9, "black"), (0.1, 0.5, 6, "#BBBBBB"), (0.99, 0.5, 9, "black")):
            chart.figure.text(x, y, "extra words", fontsize=size, color=color)
        kinds = {problem.split(":")[0] for problem in problems(chart.figure)}
    assert kinds == {"overlap", "too small", "pale", "clipped"}


def test_ratios_follow_the_data(tables):
    replace(tables / "figures.csv", WAGE, "median wage,291,291,291")
    wages, years = kz.charts.wages_and_wealth(data_dir=tables), kz.charts.years_of_wages(data_dir=tables)
    assert wages.title.endswith(f"{1e9 / 291 / 1e6:.1f} million times the median wage") and "$291" in wages.alt
    assert "3 times the minimum wage" in wages.alt
    assert "$291 (changed)" in {t.get_text() for t in wages.figure.axes[0].texts}
    assert years.data.loc["family-net-worth", "years_of_median_wage"] == pytest.approx(1e9 / 291 / 12)
    assert f"{round(1e9 / 291 / 12, -3):,.0f} years" in years.title
    assert kz.charts.casualties(data_dir=tables).alt == drawn("casualties").alt


def test_a_table_without_a_row_that_a_chart_draws(tables):
    file = tables / "figures.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    file.write_text("\n".join(line for line in lines if not line.startswith("median-wage")), encoding="utf-8")
    with pytest.raises(kz.DataError, match="figures.csv, column 'figure_id'.* a row 'median-wage'"):
        kz.charts.wages_and_wealth(data_dir=tables)


def test_a_chart_of_a_number_that_has_become_a_range(tables):
    replace(tables / "figures.csv", WAGE, "median wage,500,,600")
    with pytest.raises(kz.DataError, match="line 4, column 'best': .* a number above 0.001 in row .median-wage."):
        kz.charts.years_of_wages(data_dir=tables)


def test_the_toll_is_compared_as_an_interval(tables):
    replace(tables / "figures.csv", "People,killed,225,225,225", "People,killed,990,990,990")
    assert "990 (changed) dead of January 2022, 10 to 41 times" in kz.charts.casualties(data_dir=tables).title


def test_another_period_of_wages_keeps_the_articles_number():
    assert "wage of $570, $48 a month at 1 wage a year," in kz.charts.official_wages(wages_per_year=1).title
    assert "at 1 wage a year in the article" in kz.summarise(kz.compare(wages_per_year=1))


def test_the_assumption_is_an_argument_and_is_printed():
    monthly, yearly = kz.charts.years_of_wages(), kz.charts.years_of_wages(wages_per_year=1)
    assert (yearly.data["years_of_median_wage"] / monthly.data["years_of_median_wage"]).round(9).eq(12).all()
    assert "12 wages a year" in monthly.subtitle and "1 wage a year" in yearly.subtitle
    with pytest.raises(ValueError, match="wages_per_year is 0"):
        kz.charts.years_of_wages(wages_per_year=0)


@pytest.mark.parametrize("name", CHARTS)
def test_quotations_in_the_margin_are_the_excerpts_of_the_marks(name):
    chart, excerpts = drawn(name), kz.load_excerpts()
    words = " ".join(text.get_text() for text in chart.figure.texts)
    quoted = excerpts.loc[chart.excerpts["excerpt_id"], "exact"]
    assert len(quoted) and [exact for exact in quoted if f"“{exact}”" not in words] == []
    assert set(chart.data["excerpt"].dropna()) == set(chart.excerpts.index)
    assert (excerpts.loc[chart.data["excerpt_id"], "exact"].values == chart.data["exact"].values).all()


def test_display():
    chart = drawn("official_wages")
    shown = chart._repr_mimebundle_()
    assert shown["text/plain"] == repr(chart) == chart.alt and chart.alt.startswith(chart.title)
    assert f"<img alt='{chart.alt}'" in shown["text/html"].replace("&#x27;", "'").replace("&quot;", '"')
    assert "<figcaption>" in shown["text/html"] and "Permanent Revolution Collective" in shown["text/html"]
    assert shown["image/png"] in shown["text/html"]


KINDS = r"(Dot plot|Dots and bars|Bar chart|A bar|Chart of intervals|Timeline|Map|Small mult)"


@pytest.mark.parametrize("name", CHARTS)
def test_alt_text_says_finding_kind_and_numbers(name):
    chart = drawn(name)
    finding, rest = chart.alt[: len(chart.title)], chart.alt[len(chart.title) + 2 :]
    assert finding == chart.title and re.match(KINDS, rest)
    assert "Source: Permanent Revolution Collective" in rest
    if "best" in chart.data:
        values = chart.data[chart.data["unit"] != "KZT/month"]["best"].dropna()  # drawn in dollars
        told = re.sub(r"(?<=\d),(?=\d{3})", "", rest)
        assert [value for value in values if value < 1e6 and f"{value:.10g}" not in told] == []


def test_amounts_with_dollar_signs_are_not_set_as_mathematics():
    figure = drawn("official_wages").figure
    with_dollars = [text for text in figure.findobj(lambda a: hasattr(a, "get_parse_math")) if "$" in text.get_text()]
    assert with_dollars and not any(text.get_parse_math() for text in with_dollars)


def test_charts_ignore_the_readers_own_style():
    import matplotlib as mpl

    plain = kz.charts.tengizchevroil()._repr_mimebundle_()["image/png"]
    with mpl.rc_context({"font.size": 30, "text.usetex": False, "axes.facecolor": "black", "lines.linewidth": 9}):
        assert kz.charts.tengizchevroil()._repr_mimebundle_()["image/png"] == plain


@pytest.mark.parametrize("path", [path for path, *_ in style.FONTS], ids=lambda path: path.stem)
def test_fonts_give_one_width_for_a_character(path):
    """PDF takes widths from FreeType, layout from the table of widths: where a font has two, words overlap in PDF."""
    font, face = TTFont(path), FT2Font(str(path))
    for character, glyph in font.getBestCmap().items():
        if character < 0x2100:
            loaded = face.load_glyph(font.getGlyphID(glyph), flags=LoadFlags.NO_SCALE | LoadFlags.NO_HINTING)
            assert loaded.horiAdvance == font["hmtx"][glyph][0], chr(character)


#: How people without one kind of cone see linear RGB (Viénot, Brettel and Mollon 1999; tritan: Brettel 1997).
COLOUR_BLIND = {
    "protan": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deutan": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
    "tritan": [[1, 0.1461, -0.1461], [0, 0.8592, 0.1408], [0, 0.8592, 0.1408]],
}


@pytest.mark.parametrize("vision", ["grey", *COLOUR_BLIND])
def test_colours_of_marks_are_told_apart(vision):
    colors = [to_rgb(c) for c in (style.ACCENT, style.INK, style.GREY, style.PALE)]
    if vision != "grey":
        seen = [np.clip(np.array(COLOUR_BLIND[vision]) @ linear(c), 0, 1) for c in colors]
        colors = [tuple(np.where(c <= 0.0031308, 12.92 * c, 1.055 * c ** (1 / 2.4) - 0.055)) for c in seen]
    light = sorted(lightness(c) for c in colors)
    assert np.diff(light).min() > 15, light


def test_data_are_what_is_drawn():
    chart = drawn("wages_and_wealth")
    marks = {line.get_gid(): line.get_xdata()[0] for line in chart.figure.axes[0].lines if line.get_gid()}
    assert pd.Series(marks).to_dict() == {f"mark-{i}": v for i, v in chart.data["best"].items()}


def test_a_line_is_as_wide_as_its_words():
    """Measured word by word, which is many times as fast, a line is as wide as measured whole."""
    fonts = [WIDE.fonts[kind] for kind in ("title", "quote", "small")]
    for exact in kz.load_excerpts()["exact"]:
        for font in fonts:
            whole = text_to_path.get_text_width_height_descent(exact, font, False)[0] / 72
            assert text.width_of(exact, font) == pytest.approx(whole, abs=0.01)


@pytest.mark.parametrize("width", [1.5, 3.0, 8.3])
def test_balanced_lines_are_as_few_and_fit(width):
    for exact in kz.load_excerpts()["exact"]:
        lines = text.balance(exact, WIDE.fonts["subtitle"], width)
        assert len(lines) == len(text.wrap(exact, WIDE.fonts["subtitle"], width)) and " ".join(lines) == exact
        assert all(text.width_of(line, WIDE.fonts["subtitle"]) <= width + 1e-9 for line in lines)
