"""The process that writes a Brightway project: run as a module, with BRIGHTWAY2_DIR set."""

import json
import math
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Key = tuple[str, str]


def main(file: str) -> None:
    """Write the project that `file` tells of into the folder of the environment."""
    bw2data = import_module("bw2data")

    told: Record = json.loads(Path(file).read_text(encoding="utf-8"))
    bw2data.projects.set_current(told["project"])
    keys = _keys(told)
    for name in dict.fromkeys(database for database, _ in keys.values()):
        content = {key: node for key, node in _content(told, keys).items() if key[0] == name}
        database = bw2data.Database(name)
        database.register(comment=told["comment"])
        database.write(content)
    for indicator in dict.fromkeys(row["indicator"] for row in told["characters"]):
        rows = [row for row in told["characters"] if row["indicator"] == indicator]
        method = bw2data.Method(("symbiosis", told["name"], indicator))
        method.register(unit=rows[0]["unit"].split("/")[0])
        method.write([(keys[row["flow"]], row["value"]) for row in rows])


def _keys(told: Record) -> dict[str, Key]:
    """Return the key of each node and flow; what is linked to comes first."""
    name = told["name"]
    keys = {row["code"]: (f"{name} elementary flows", row["code"]) for row in told["flows"]}
    nodes = sorted(told["nodes"], key=lambda row: row["kind"] != "background")
    for row in nodes:
        database = f"{name} background" if row["kind"] == "background" else name
        keys[row["code"]] = (database, row["code"])
    return keys


def _content(told: Record, keys: dict[str, Key]) -> dict[Key, Record]:
    content: dict[Key, Record] = {
        keys[row["code"]]: {
            "name": row["name"],
            "unit": row["unit"],
            "type": "emission",
            "categories": (),
            "exchanges": [],
        }
        for row in told["flows"]
    }
    for row in told["nodes"]:
        own = keys[row["code"]]
        made = {"input": own, "output": own, "amount": 1.0, "type": "production"}
        content[own] = {
            "name": row["name"],
            "unit": row["unit"],
            "type": "process",
            "reference product": row["product"],
            "location": row["location"],
            "comment": row["comment"],
            "exchanges": [made],
        }
    for row in told["edges"]:
        content[keys[row["consumer"]]]["exchanges"].append(_exchange(row, keys))
    return content


def _exchange(row: Record, keys: dict[str, Key]) -> Record:
    spread = {
        name: row[name]
        for name in ("loc", "scale", "shape", "minimum", "maximum")
        if not math.isnan(row[name])
    }
    ends = {"input": keys[row["supplier"]], "output": keys[row["consumer"]]}
    kind = {"uncertainty type": int(row["uncertainty_type"]), "negative": bool(row["negative"])}
    return {
        **ends,
        **kind,
        **spread,
        "amount": row["amount"],
        "type": row["type"],
        "comment": row["comment"],
    }


if __name__ == "__main__":
    main(sys.argv[1])
