"""What may not be in the tree: an address of a registry, a path of one machine, a secret, a cp."""

import re

from yunke.checks.house.tree import shown, tracked

RULES = (
    (
        re.compile(r"https?://(?:registry\.|pypi\.|files\.pythonhosted|mirrors?\.)"),
        "names a registry",
    ),
    (re.compile(r"(?<![\w.])/(?:home|root|Users)/\w"), "holds a path of one machine"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"), "holds a private key"),
    (
        re.compile(r"(?:shutil\.copy\w*|\bcp)\W[^\n]*\.sqlite3"),
        "copies a living database as a file",
    ),
)
TEXT = (".py", ".md", ".toml", ".lock", ".in", ".json", ".html", ".css", ".js", ".sh", "run")


def faults() -> list[str]:
    found = []
    for path in {p for suffix in TEXT for p in tracked(suffix)}:
        if path.name == "clean.py":
            continue
        text = path.read_text(errors="replace")
        for pattern, sentence in RULES:
            if match := pattern.search(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{shown(path)}:{line} {sentence}")
    return sorted(found)
