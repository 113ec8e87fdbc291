"""The data dictionary, drawn from ``datapackage.json``."""

from __future__ import annotations

from kzdata.schema import descriptor


def markdown() -> str:
    """The data dictionary as Markdown: every table, column, type, constraint and description."""
    package = descriptor()
    parts = [
        f"# Data dictionary\n\n{package['description']} Drawn from datapackage.json by `python -m kzdata dictionary`.\n"
    ]
    for table in package["resources"]:
        schema = table["schema"]
        parts.append(f"\n## {table['path']}: {table['title']}\n\n{table['description']} ")
        parts.append(f"Licence: {table['licenses'][0]['title']}. Key: `{schema['primaryKey'][0]}`.\n")
        parts.append("\n| column | type | may be empty | meaning |\n|---|---|---|---|\n")
        for field in schema["fields"]:
            constraints = field.get("constraints", {})
            meaning = field["description"]
            if "enum" in constraints:
                meaning += f" One of: {', '.join(constraints['enum'])}."
            if "maximum" in constraints:
                meaning += f" From {constraints['minimum']} to {constraints['maximum']}."
            if "maxLength" in constraints:
                meaning += f" At most {constraints['maxLength']} characters."
            empty = "" if constraints.get("required") else "yes"
            parts.append(f"| `{field['name']}` | {field['type']} | {empty} | {meaning} |\n")
    return "".join(parts)
