"""Run alone, with BRIGHTWAY2_DIR at a copy: writes a project's activities as lines of JSON.

Arguments: the project, the file to write, and the databases (none: all).
"""

import json
import sys
from pathlib import Path

_FIELDS = ("code", "location", "unit", "reference product", "production amount", "type")
_NUMBERS = ("uncertainty type", "loc", "scale", "shape", "minimum", "maximum")
_TEXTS = ("name", "reference product", "formula")


def main(project: str, target: str, *wanted: str) -> None:
    """Write the activities of `project` to `target`."""
    import bw2data  # type: ignore[import-untyped]

    bw2data.projects.set_current(project)
    names = list(wanted) or sorted(bw2data.databases)
    missing = sorted(set(names) - set(bw2data.databases))
    if missing:
        sys.exit(f"no database {missing[0]}; there are: {', '.join(sorted(bw2data.databases))}")
    with Path(target).open("w", encoding="utf-8") as file:
        for name in names:
            for (database, code), held in bw2data.Database(name).load().items():
                fields = {key: str(held[key]) for key in _FIELDS if held.get(key) is not None}
                fields["code"] = str(code)
                fields["categories"] = "::".join(held.get("categories") or ())
                fields["cas number"] = str(held.get("CAS number") or "")
                entry = {
                    "name": str(held.get("name", "")),
                    "database": database,
                    "fields": fields,
                    "exchanges": [_exchange(one) for one in held.get("exchanges", ())],
                }
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _exchange(held: dict) -> dict:  # type: ignore[type-arg]
    database, code = held.get("input", ("", ""))
    texts = {name: str(held[name]) for name in _TEXTS if held.get(name)}
    numbers = {name: str(held[name]) for name in _NUMBERS if held.get(name) is not None}
    return {
        **texts,
        **numbers,
        "type": str(held.get("type", "")),
        "amount": repr(float(held["amount"])),
        "provider": f"{database}|{code}",
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
