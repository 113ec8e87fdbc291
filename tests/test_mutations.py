"""The list of wrongs fits the code: each can be planted, and stands in a module of its own choice."""

from conftest import ROOT
from mutations import WRONGS, file_of, planted


def test_every_wrong_can_still_be_planted():
    for wrong in WRONGS:
        assert planted(wrong) != file_of(wrong["function"], ROOT).read_text(encoding="utf-8"), wrong["what"]


def test_wrongs_are_planted_in_every_module():
    planned = {file_of(wrong["function"], ROOT) for wrong in WRONGS}
    without_behaviour = {
        ROOT / "kzdata" / name / "__init__.py" for name in ("charts", "drawing", "notebook", "quotations")
    }
    without_behaviour |= {ROOT / "kzdata" / "drawing" / "drawn.py"}
    assert planned == {*ROOT.glob("kzdata/**/*.py")} - without_behaviour
    assert len(WRONGS) >= 70
