"""Test lines per source line, over the whole house: at least one."""

from yunke.checks.house.tree import shown, tracked

TESTING = ("journeys/", "yunke/checks/accept/", "yunke/checks/house/", "conftest")


def counts() -> tuple[int, int]:
    """(source lines, test lines), non-blank, of Python; migrations and tables of data aside."""
    source = tests = 0
    for path in tracked(".py", "yunke") + tracked(".py", "journeys"):
        name = shown(path)
        if "/migrations/" in name or "/scripts/" in name or "/tables/" in name:
            continue
        lines = sum(1 for line in path.read_text().splitlines() if line.strip())
        if "/tests/" in name or name.startswith(TESTING):
            tests += lines
        elif not name.startswith("yunke/checks/"):  # instruments are neither
            source += lines
    return source, tests


def faults() -> list[str]:
    source, tests = counts()
    return [] if tests >= source else [f"{tests} test lines for {source} source lines"]
