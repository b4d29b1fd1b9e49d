"""The taste budget: lines per file and function, and no file that could hold anything."""

import ast
from pathlib import Path

from yunke.checks.house.tree import shown, tracked

FILE_LINES = 400
FUNCTION_LINES = 60
ISLAND_LINES = 300
DUMPING_GROUNDS = {"utils", "helpers", "common", "core", "misc", "methods", "manager2", "tools"}
# Tables of data, not code: lesson scripts of the demo films and the demo city's lists.
TABLES = ("yunke/demo/film/scripts", "yunke/demo/city/tables", "/migrations/")


def faults() -> list[str]:
    found: list[str] = []
    for path in tracked(".py", "yunke") + tracked(".py", "journeys"):
        name = shown(path)
        if path.stem in DUMPING_GROUNDS:
            found.append(f"{name}: a file of this name can hold anything; name its one thing")
        if not any(table in name for table in TABLES):
            found += _file(path)
    for path in tracked(".js", "yunke"):
        if (count := _full_lines(path)) > ISLAND_LINES:
            found.append(f"{shown(path)}: {count} lines, an island has {ISLAND_LINES} at most")
    return found


def _full_lines(path: Path) -> int:
    return sum(1 for line in path.read_text().splitlines() if line.strip())


def _file(path: Path) -> list[str]:
    found = []
    if (count := _full_lines(path)) > FILE_LINES:
        found.append(f"{shown(path)}: {count} lines, at most {FILE_LINES}")
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{shown(path)}:{node.lineno} {node.name}: {length} lines")
    return found
