"""Tables made quickly are the tables that Django makes."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.state import ProjectState

from yunke.base.fresh import each_alone
from yunke.checks.house.tree import ROOT

PLAIN = "import yunke.base.fresh as fresh; fresh.is_fresh = lambda: False; "
READY = "from yunke.site.ready import main; main()"


def tables(folder: Path, code: str) -> list[tuple[str, ...]]:
    """Every table, index and trigger of a new house, in words."""
    env = {**os.environ, "YUNKE_DATA": str(folder), "YUNKE_DATABASE": ""}
    start = "import os, django; from yunke.site.ready import make_key; make_key(); "
    start += "os.environ['DJANGO_SETTINGS_MODULE'] = 'yunke.site.settings'; django.setup(); "
    command = [sys.executable, "-c", start + code]
    subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with sqlite3.connect(folder / "yunke.sqlite3") as line:
        return sorted(line.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))


def test_the_tables_are_the_same(tmp_path: Path) -> None:
    quick, plain = tables(tmp_path / "quick", READY), tables(tmp_path / "plain", PLAIN + READY)
    assert len(quick) > 400
    assert quick == plain


def test_afterwards_django_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    kind: Any = ProjectState
    before = object()
    monkeypatch.setattr(kind, "add_model", before)
    with each_alone():
        assert kind.add_model is not before
    assert kind.add_model is before
