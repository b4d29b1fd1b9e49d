"""A name that belongs to one data folder: several schools may share one server."""

import hashlib
from pathlib import Path


def own_name(data: Path) -> str:
    """yunke_ and twelve letters."""
    return "yunke_" + hashlib.sha256(str(data).encode()).hexdigest()[:12]
