"""The project's own files, and how the floor plan is read from pyproject.toml."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def tracked(suffix: str, under: str = "") -> list[Path]:
    """Files that git knows or would take, with this ending, below this folder."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", under or "."]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in out.split("\0") if name.endswith(suffix))
    return sorted(path for path in paths if path.is_file())


@cache
def contracts() -> list[dict[str, Any]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        plan: list[dict[str, Any]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return plan


def layer_names(layer: str) -> list[str]:
    return [name.strip(" ()") for name in layer.split("|")]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
