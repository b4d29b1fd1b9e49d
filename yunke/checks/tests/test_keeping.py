"""A backup that is not whole touches nothing; what is sealed opens only as it was sealed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yunke.checks.living import hostile
from yunke.checks.living.printed import blocks
from yunke.checks.living.rows import Rows
from yunke.checks.living.serving import ROOT, fresh_data
from yunke.site.keeping.cells import BadCell, Text, cell_of, plain
from yunke.site.keeping.lock import Busy, alone, open_house
from yunke.site.keeping.sealed import PIECE, Damaged, fingerprint, key_of, seal, unseal

KEY = key_of("k" * 50)


def verb(name: str, *words: object, data: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "YUNKE_DATA": str(data), **more}
    command = [sys.executable, "-m", "yunke.site.part", f"yunke.site.keeping.{name}"]
    return subprocess.run(
        [*command, *map(str, words)], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )


class Backed:
    """A small school with a backup; each test spoils a copy of it."""

    def __init__(self, here: Path) -> None:
        self.data, self.folder = fresh_data(here / "data"), here / "backups"
        film = self.data / "media" / "lessons" / "1" / "1" / "a.m4s"
        film.parent.mkdir(parents=True)
        film.write_bytes(bytes(range(256)) * 8000)
        (self.data / "media" / ".making").mkdir()
        (self.data / "media" / ".making" / "half").write_text("half")
        done = verb("backup", self.folder, data=self.data)
        assert done.returncode == 0, done.stderr
        self.told = json.loads(done.stdout.splitlines()[0])
        self.place = Path(self.told["backup"])

    def restored(self, folder: Path) -> "subprocess.CompletedProcess[str]":
        return verb("restore", folder, data=self.data)


@pytest.fixture(scope="module")
def backed(tmp_path_factory: pytest.TempPathFactory) -> Backed:
    return Backed(tmp_path_factory.mktemp("keeping"))


def copied(backed: Backed, tmp_path: Path) -> tuple[Path, Path]:
    """(all backups, the one) in a copy that may be spoiled."""
    folder = tmp_path / "backups"
    shutil.copytree(backed.folder, folder)
    return folder, folder / backed.place.name


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def cut_database(folder: Path, place: Path) -> None:
    truncate(max(place.rglob("*.sealed"), key=lambda file: file.stat().st_size))


def cut_manifest(folder: Path, place: Path) -> None:
    truncate(place / "manifest.sealed")


def cut_film(folder: Path, place: Path) -> None:
    truncate(max((folder / "files").rglob("*.sealed"), key=lambda file: file.stat().st_size))


def no_film(folder: Path, place: Path) -> None:
    shutil.rmtree(folder / "files")


def changed(folder: Path, place: Path) -> None:
    file = place / "manifest.sealed"
    text = bytearray(file.read_bytes())
    text[len(text) // 2] ^= 1
    file.write_bytes(text)


def about(**more: Any) -> Any:
    def spoil(folder: Path, place: Path) -> None:
        told = json.loads((place / "backup.json").read_text())
        (place / "backup.json").write_text(json.dumps({**told, **more}))

    return spoil


def no_about(folder: Path, place: Path) -> None:
    (place / "backup.json").write_text("{")


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut_database, "was cut or changed"),
        (cut_manifest, "manifest was cut or changed"),
        (cut_film, "was cut or changed"),
        (no_film, "is missing"),
        (changed, "manifest was cut or changed"),
        (about(format=99), "a newer Yunke"),
        (about(key="0" * 16), "another key"),
        (about(engine="oracle"), "holds a oracle school"),
        (no_about, "cannot be read"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    spoil: Any, words: str, backed: Backed, tmp_path: Path
) -> None:
    folder, place = copied(backed, tmp_path)
    spoil(folder, place)
    before = sorted(path.name for path in backed.data.iterdir() if path.name != "house.lock")
    done = backed.restored(folder)
    assert done.returncode == 1
    assert words in done.stderr
    after = sorted(path.name for path in backed.data.iterdir() if path.name != "house.lock")
    assert after == before
    assert (backed.data / "media/lessons/1/1/a.m4s").stat().st_size == 256 * 8000


@pytest.mark.timeout(120)
def test_an_open_house_is_not_restored(backed: Backed) -> None:
    with open_house(backed.data):
        done = backed.restored(backed.folder)
    assert done.returncode == 1
    assert "the school is open" in done.stderr


@pytest.mark.timeout(120)
def test_it_comes_back_and_what_was_there_is_kept_aside(tmp_path: Path) -> None:
    school = Backed(tmp_path)
    film = school.data / "media/lessons/1/1/a.m4s"
    film.write_bytes(b"changed since")
    done = school.restored(school.folder)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[0])
    assert film.stat().st_size == 256 * 8000
    assert (Path(told["aside"]) / "media/lessons/1/1/a.m4s").read_bytes() == b"changed since"
    assert not (school.data / "media" / ".making").exists()  # what is being made is no film
    assert not (school.data / "restoring").exists()
    rows = Rows(school.data)
    assert rows.ask("SELECT count(*) FROM django_migrations")[0][0] > 10
    rows.close()


@pytest.mark.timeout(120)
def test_films_are_kept_once_and_old_backups_go(tmp_path: Path) -> None:
    school = Backed(tmp_path)
    film = school.data / "media/lessons/1/1/a.m4s"
    for _turn in range(2):
        verb("backup", school.folder, "--keep", "2", data=school.data)
    assert len(list(school.folder.glob("files/*/*.sealed"))) == 1
    assert len(list(school.folder.glob("*/backup.json"))) == 2
    film.write_bytes(b"another")
    verb("backup", school.folder, "--keep", "1", data=school.data)
    assert len(list(school.folder.glob("files/*/*.sealed"))) == 1
    inside = verb("backup", school.data / "inside", data=school.data)
    assert inside.returncode == 1
    assert "another disk" in inside.stderr


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_opens_as_it_was(size: int, tmp_path: Path) -> None:
    content = os.urandom(size)
    kept, _sha = seal([content[: size // 2], content[size // 2 :]], tmp_path / "f", KEY, "name")
    assert kept == size
    assert b"".join(unseal(tmp_path / "f", KEY, "name")) == content
    assert content[:64] not in (tmp_path / "f").read_bytes() or size < 16


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: t[:20], lambda t: t[:5], lambda t: t + b"x",
              lambda t: t[:30] + bytes([t[30] ^ 1]) + t[31:], lambda t: b""]
)  # fmt: skip
def test_what_was_cut_or_changed_does_not_open(spoil: Any, tmp_path: Path) -> None:
    seal([os.urandom(2 * PIECE)], tmp_path / "f", KEY, "name")
    (tmp_path / "f").write_bytes(spoil((tmp_path / "f").read_bytes()))
    with pytest.raises(Damaged):
        b"".join(unseal(tmp_path / "f", KEY, "name"))


def test_a_whole_piece_cut_off_is_noticed_and_so_is_another_name_or_key(tmp_path: Path) -> None:
    seal([b"x" * (2 * PIECE)], tmp_path / "f", KEY, "name")
    whole = (tmp_path / "f").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: 11 + PIECE + 16])
    for file, key, name in (
        (tmp_path / "cut", KEY, "name"), (tmp_path / "f", KEY, "other"),
        (tmp_path / "f", key_of("other" * 10), "name"), (tmp_path / "none", KEY, "name"),
    ):  # fmt: skip
        with pytest.raises(Damaged):
            b"".join(unseal(file, key, name))
    assert fingerprint(KEY) != fingerprint(key_of("other" * 10))


def test_one_restore_alone_or_many_houses(tmp_path: Path) -> None:
    with open_house(tmp_path), open_house(tmp_path), pytest.raises(Busy), alone(tmp_path):
        pass
    with alone(tmp_path), pytest.raises(Busy), open_house(tmp_path):
        pass
    with alone(tmp_path):
        pass


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("CharField", Text("张三".encode()), "张三"),
        ("CharField", Text(b""), ""),
        ("CharField", None, None),
        ("BooleanField", 1, True),
        ("FloatField", 3, 3.0),
        ("BinaryField", b"\x00", b"\x00"),
        ("JSONField", Text(b'{"a": [1, null]}'), {"a": [1, None]}),
    ],
)
def test_good_cells_are_taken(kind: str, value: Any, found: Any) -> None:
    assert cell_of(kind, value, longest=10) == found


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("CharField", Text(b"a\0b"), "NUL"),
        ("CharField", Text(b"\xed\xa0\x80"), "surrogate"),
        ("CharField", Text(b"\xff"), "no UTF-8"),
        ("CharField", b"raw", "bytes where a text belongs"),
        ("CharField", Text(b"x" * 11), "11 letters"),
        ("PositiveIntegerField", 2**31, "beyond"),
        ("PositiveIntegerField", 1.5, "whole number"),
        ("BooleanField", 2, "yes or no"),
        ("DateTimeField", Text(b"2026-09-01"), "without a time"),
        ("DateField", Text(b"2026-02-30"), "no day"),
        ("JSONField", Text(b'{"a": "\\u0000"}'), "NUL"),
        ("JSONField", Text(b"["), "no JSON"),
        ("BinaryField", Text(b"x"), "bytes belong"),
        ("PointField", Text(b"x"), "not known"),
    ],
)
def test_bad_cells_are_named(kind: str, value: Any, words: str) -> None:
    with pytest.raises(BadCell, match=words):
        cell_of(kind, value, longest=10)


def test_one_spelling_for_what_both_databases_hold() -> None:
    assert plain({"b": 1e22, "a": -0.0}) == plain({"a": 0, "b": 10**22})
    assert plain("1") != plain(1)
    assert plain("") != plain(None)
    assert plain(True) != plain(1)


@pytest.mark.django_db
def test_while_a_school_moves_it_can_be_read_and_not_written(
    client: Any, settings: Any, tmp_path: Path
) -> None:
    if os.environ.get("YUNKE_DATABASE"):
        pytest.skip("the sign means nothing on PostgreSQL")
    # A folder of its own: the tests beside it go on writing.
    settings.DATA = tmp_path
    (tmp_path / "moving").touch()
    answer = client.post("/sign-in", {"once": "k" * 20, "login": "a", "password": "b"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "搬" in answer.content.decode()
    assert client.get("/sign-in").status_code == 200


def test_the_instructions_have_the_blocks_that_the_drill_runs() -> None:
    found = blocks("docs/backup.md")
    assert './run restore "$BACKUPS"' in found["Bring a school back on an empty machine"]
    assert "YUNKE_DATA" in found[""]


def test_hostile_rows_are_rows(tmp_path: Path) -> None:
    data = fresh_data(tmp_path / "data", YUNKE_DATABASE="")
    bad = hostile.fill(data / "yunke.sqlite3", pupils=5)
    assert len(bad) >= 20
