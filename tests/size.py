"""How large the library is: ``make size`` prints each module's lines, its code, and its longest function body."""

import ast
import io
import tokenize
from pathlib import Path
from typing import NamedTuple

LIBRARY = Path(__file__).parents[1] / "kzdata"
NOT_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


class Size(NamedTuple):
    lines: int
    code: int  # lines that are not blank, comment or docstring
    body: int  # of the longest function, without signature and docstring


def docstring(node: ast.AST) -> set[int]:
    """The lines of a docstring."""
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return set(range(first.lineno, first.end_lineno + 1))
    return set()


def size(text: str) -> Size:
    nodes = list(ast.walk(ast.parse(text)))
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NOT_CODE:
            code |= set(range(token.start[0], token.end[0] + 1))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    bodies = [set(range(f.body[0].lineno, f.end_lineno + 1)) - docstring(f) for f in functions]
    code = code.difference(*map(docstring, nodes))
    return Size(len(text.splitlines()), len(code), max(map(len, bodies), default=0))


def sizes() -> dict[str, Size]:
    files = sorted(LIBRARY.rglob("*.py"))
    return {str(file.relative_to(LIBRARY)): size(file.read_text(encoding="utf-8")) for file in files}


if __name__ == "__main__":
    for name, found in sorted(sizes().items(), key=lambda item: item[1]):
        print(f"{found.lines:5} lines {found.code:5} of code {found.body:4} longest body  {name}")
    print(f"{sum(s.lines for s in sizes().values()):5} lines {sum(s.code for s in sizes().values()):5} of code")
