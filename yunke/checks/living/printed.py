"""Instructions as they are printed: the code blocks of a document, run word for word."""

import os
import re
import subprocess
from pathlib import Path

from yunke.checks.living.serving import ROOT

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)


def blocks(document: str) -> dict[str, str]:
    """Heading → the shell block that stands under it; "" for the one before any heading."""
    text, found = (ROOT / document).read_text(), {}
    for block in BLOCK.finditer(text):
        headings = re.findall(r"^## (.+)$", text[: block.start()], re.M)
        found[headings[-1] if headings else ""] = block[1]
    return found


def follow(
    document: str, *headings: str, env: dict[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run the first block and those under the headings, as one person would type them."""
    found = blocks(document)
    script = "set -e\n" + found[""] + "".join(found[heading] for heading in headings)
    whole = {**os.environ, **env}
    return subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=ROOT,
        env=whole,
        capture_output=True,
        text=True,
        check=False,
    )


def folders(here: Path, name: str) -> dict[str, str]:
    """The three lines of docs/backup.md for a machine of its own with the backups of ``here``."""
    return {
        "YUNKE_DATA": str(here / name),
        "BACKUPS": str(here / "backups"),
        "KEY_FILE": str(here / "safe" / "secret.key"),
    }
