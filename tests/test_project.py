"""What must agree with what: the environments, the version, the README's paths."""

import ast
import re
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from importlib.metadata import distributions
from pathlib import Path

import yaml
from conftest import ROOT
from packaging.specifiers import SpecifierSet
from PIL import Image
from size import LIBRARY, sizes

import kzdata as kz

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
LINES, CODE = 5_050, 3_360  # of the library, at most
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # conda's matplotlib brings Qt


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / ".ci" / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return {re.sub("[-_.]+", "-", n).lower(): v for n, v in (line.split("==") for line in lines if "==" in line)}


def pinned(versions: str) -> dict[str, str]:
    """Name and version of every package that an environment is made of: newest or oldest."""
    return pins("constraints") | pins(versions)


def required(*without: str) -> dict[str, str]:
    """Name and least version of every direct requirement, of all extras but those."""
    extras = [group for extra, group in PROJECT["optional-dependencies"].items() if extra not in without]
    return dict(requirement.split(">=") for group in [PROJECT["dependencies"], *extras] for requirement in group)


def numbers(version: str) -> list[int]:
    return [int(n) for n in version.split(".")]


def test_constraints_pin_every_requirement():
    for name, least in required().items():
        assert numbers(pinned("newest")[name]) >= numbers(least), name
    assert not any("://" in file.read_text(encoding="utf-8") for file in (ROOT / ".ci").glob("*.txt"))


def test_no_package_asks_for_a_newer_python_than_is_promised():
    """Nor for a later 3.11: Debian's is 3.11.2, where what asks for 3.11.5 cannot be installed."""
    first = f"{PROJECT['requires-python'].removeprefix('>=')}.0"
    asked = {package.metadata["Name"]: package.metadata["Requires-Python"] for package in distributions()}
    assert {name: asks for name, asks in asked.items() if asks and first not in SpecifierSet(asks)} == {}


def test_the_oldest_versions_tested_are_those_that_are_promised():
    promised = dict(requirement.split(">=") for requirement in PROJECT["dependencies"])
    assert {"pandas", "matplotlib"} < promised.keys()
    for name, least in promised.items():
        oldest = numbers(pins("oldest")[name])
        assert oldest == numbers(least) + [0] * (len(oldest) - len(numbers(least))), name
    assert pins("oldest").keys() == pins("newest").keys() and not pins("newest").keys() & pins("constraints").keys()


def test_conda_environment_is_the_same_set():
    """Of what a reader runs: checks and browser tests are run by make."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    packages = [package for package in environment["dependencies"] if isinstance(package, str)]
    expected = [f"{CONDA_NAMES.get(name, name)}={pinned('newest')[name]}" for name in required("browser", "check")]
    assert packages == [f"python{PROJECT['requires-python']}", "pip", *expected]
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_one_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changelog, re.M).group(1) == kz.__version__ == CITATION["version"]
    others = ["pyproject.toml", "README.md", "kzdata/data/datapackage.json"]
    assert not any(f'"{kz.__version__}"' in (ROOT / f).read_text(encoding="utf-8") for f in others)


def test_citation_names_the_article():
    article = kz.load_article().loc["quoted-edition"]
    (reference,) = CITATION["references"]
    assert (
        CITATION["type"] == "dataset" and reference["title"] == article["title"] and reference["url"] == article["url"]
    )
    assert str(reference["date-released"]) == f"{article['dated']:%Y-%m-%d}"


def bibtex(entry):
    """Key and fields of one of the README's BibTeX entries."""
    text = re.search(rf"@{entry}{{(\w+),\n(.*?)\n}}", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    return text.group(1), dict(re.findall(r"(\w+) = {(.*)}", text.group(2)))


def test_bibtex_says_what_the_citation_says():
    """The dataset's is cffconvert's (tests/test_environment.py); the article's is of its reference."""
    (author,), released, (reference,) = CITATION["authors"], CITATION["date-released"], CITATION["references"]
    assert bibtex("misc") == ("kzdata", {"author": author["name"], "month": str(released.month),
                                         "title": CITATION["title"], "year": str(released.year)})  # fmt: skip
    (writer,) = reference["authors"]
    expected = {"author": f"{{{writer['name']}}}", "title": reference["title"], "url": reference["url"]}
    assert bibtex("online")[1].items() >= (expected | {"date": str(reference["date-released"])}).items()


def test_every_public_name_is_in_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    charts = [f"charts.{name}" for name in kz.charts.__all__ if name[0].islower()]
    assert [name for name in [*kz.__all__, *charts] if name not in text] == []


def test_tables_need_no_matplotlib():
    code = "import sys, kzdata as kz; kz.load_figures(); sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_pictures_of_the_readme_are_of_the_present_data():
    for file in (ROOT / "notebooks" / "pictures").glob("*.png"):
        with Image.open(file) as image:
            chart = getattr(kz.charts, file.stem)()
            assert (image.info["Title"], image.info["Description"]) == (chart.title, chart.alt), "run: make notebooks"


def imported(file: Path) -> set[str]:
    """Modules of the package that a module needs before it is there itself: not for types alone, not in functions."""
    nodes = ast.parse(file.read_text(encoding="utf-8")).body
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module.startswith("kzdata")]
    names = {f"{node.module}.{alias.name}" for node in froms for alias in node.names}
    return {
        name if (LIBRARY / f"{name[7:].replace('.', '/')}.py").exists() else name.rpartition(".")[0] for name in names
    }


def test_no_circle_of_imports():
    modules = {".".join(["kzdata", *file.relative_to(LIBRARY).with_suffix("").parts]): file
               for file in LIBRARY.rglob("*.py")}  # fmt: skip
    graph = {name.removesuffix(".__init__"): imported(file) for name, file in modules.items()}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph) > 30


def test_the_library_is_small():
    """`make size` prints what is counted here. What makes one of these grow says in its commit what that buys."""
    found = sizes()
    assert sum(size.lines for size in found.values()) <= LINES and sum(size.code for size in found.values()) <= CODE
    assert {name: size.lines for name, size in found.items() if size.lines > 250} == {}
    assert {name: size.body for name, size in found.items() if size.body > 40} == {}
