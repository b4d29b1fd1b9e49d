"""A OneRoster bundle into the comparison: unpacked to known names only, read row by row."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from yunke.craft.formats import oneroster
from yunke.craft.formats.oneroster import BundleRefused, Fault, Manifest
from yunke.craft.formats.zips import ZipLimits, ZipRefused, zip_open
from yunke.gate.exchange.actions.store import Store
from yunke.gate.exchange.rules.terms import TermWant, terms_told
from yunke.gate.exchange.rules.titles import subject_of
from yunke.gate.exchange.values import OrgWant, Wrong

LIMITS = ZipLimits(entries=64, each=1 << 30, whole=2 << 30)
Tell = Callable[[str, float], None]


@dataclass
class Loaded:
    """What a file brought into the comparison, beside its persons and ties."""

    told: dict[str, Any] = field(default_factory=dict)
    orgs: list[OrgWant] = field(default_factory=list)
    # (line, source, title, grades, code, school's source)
    classes: list[tuple[int, str, str, str, str, str]] = field(default_factory=list)
    classes_gone: set[str] = field(default_factory=set)
    # Sources of classes that are courses' own groups, beside classes proper.
    skipped: set[str] = field(default_factory=set)
    delta: bool = False
    kinds: set[str] = field(default_factory=lambda: {"pupil", "staff"})
    tie_roles: set[str] = field(default_factory=lambda: {"pupil", "teacher", "head_teacher"})
    has_classes: bool = True
    named: bool = False  # places are known by name only
    terms_over: bool = False
    terms: list[TermWant] = field(default_factory=list)
    files: dict[str, str] = field(
        default_factory=lambda: {
            "org": "orgs", "class": "classes", "user": "users", "tie": "enrollments",
        }
    )  # fmt: skip


def unpack(file: Path, folder: Path) -> list[str]:
    """The bundle's known files under their own names; gives the others' names.

    Raises BundleRefused, ZipRefused.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left: list[str] = []
    with file.open("rb") as raw, zip_open(raw, LIMITS) as archive:
        known: dict[str, Any] = {}
        for entry in archive.infolist():
            name = oneroster.file_of(entry.filename)
            if name in known:
                raise ZipRefused("zip-twice", entry.filename)
            if name and name not in oneroster.LEFT:
                known[name] = entry
            elif not entry.is_dir():
                left.append(entry.filename)
        for name, entry in known.items():
            with archive.open(entry) as inside, (folder / f"{name}.csv").open("wb") as out:
                shutil.copyfileobj(inside, out, 1 << 20)
    if not known:
        raise BundleRefused("no-files")
    return left


def bundle_load(store: Store, folder: Path, left: list[str], day: date, tell: Tell) -> Loaded:
    """Every row into the comparison; raises BundleRefused for what cannot be read as a whole."""
    manifest = oneroster.manifest_of(folder)
    for name, mode in manifest.modes.items():
        if mode == oneroster.ABSENT:
            (folder / f"{name}.csv").unlink(missing_ok=True)
    loaded = Loaded(delta=manifest.is_delta)
    faults = _faults(store)
    loaded.told = {
        "version": manifest.version, "system": manifest.system[:80], "modes": dict(manifest.modes),
        "left": left[:20],
    }  # fmt: skip
    _places(folder, loaded, manifest, faults, store)
    tell("users", 0.1)
    counted = store.fill("raw_user", oneroster.users(folder, faults, version=manifest.version))
    if manifest.version != "1.1" or manifest.modes["roles"] != oneroster.ABSENT:
        tell("roles", 0.3)
        store.fill("raw_role", oneroster.roles(folder, faults))
        _roles(store)
    tell("enrollments", 0.35)
    ties = store.fill("raw_tie", _ties(oneroster.enrollments(folder, faults), day))
    terms = list(oneroster.terms(folder, faults))
    ends = [term.end for term in terms if term.end and not term.gone]
    loaded.terms_over = bool(ends) and max(ends) < day.isoformat()
    if manifest.modes["users"] != oneroster.BULK:
        loaded.kinds = set()
    if manifest.modes["enrollments"] != oneroster.BULK:
        loaded.tie_roles = set()
    loaded.has_classes = manifest.modes["classes"] == oneroster.BULK
    loaded.told |= {"users": counted, "enrollments": ties, "terms": len(terms)}
    loaded.terms = terms_told((t.gone, t.title, t.type, t.start, t.end) for t in terms)
    return loaded


def _places(
    folder: Path, loaded: Loaded, manifest: Manifest, faults: Callable[[Fault], None], store: Store
) -> None:
    seen: dict[str, int] = {}
    for org in oneroster.orgs(folder, faults):
        if org.source in seen:
            _twice(store, "orgs", org.line, org.source, seen[org.source])
        elif not org.gone:
            want = OrgWant(org.line, org.source, org.name, org.type, org.identifier, org.parent)
            loaded.orgs.append(want)
        seen.setdefault(org.source, org.line)
    rows = list(oneroster.classes(folder, faults))
    homes = any(row.type == "homeroom" for row in rows)
    known: dict[str, int] = {}
    for row in rows:
        if row.source in known:
            _twice(store, "classes", row.line, row.source, known[row.source])
        elif homes and row.type != "homeroom":
            loaded.skipped.add(row.source)
        elif row.gone:
            loaded.classes_gone.add(row.source)
        else:
            loaded.classes.append(
                (row.line, row.source, row.title, row.grades, row.code, row.school)
            )
        known.setdefault(row.source, row.line)
    loaded.told |= {"orgs": len(loaded.orgs), "classes": len(loaded.classes)}
    loaded.told |= {"courses_skipped": len(loaded.skipped), "mode": _mode(manifest)}


def _mode(manifest: Manifest) -> str:
    return "delta" if manifest.is_delta else "bulk"


def _twice(store: Store, file: str, line: int, source: str, first: int) -> None:
    store.wrong(Wrong(file, line, "sourcedId", "twice", source, str(first)))


def _faults(store: Store) -> Callable[[Fault], None]:
    def keep(fault: Fault) -> None:
        store.wrong(Wrong(fault.file, fault.line, fault.column, fault.code, fault.value))

    return keep


def _ties(rows: Iterable[oneroster.EnrollmentRow], day: date) -> Iterator[tuple[Any, ...]]:
    """Those that hold today or will; who enrolled as a guardian or an aide is nobody's tie."""
    today = day.isoformat()
    subjects: dict[str, str] = {}
    for row in rows:
        if row.role not in ("student", "teacher"):
            continue
        over = bool(row.end) and row.end < today
        subject = subjects.get(row.subject)
        if subject is None:
            subject = subjects.setdefault(row.subject, subject_of(row.subject))
        yield (
            row.line, row.gone or over, row.klass, row.user, row.role, row.primary,
            row.begin, row.end, subject,
        )  # fmt: skip


def _roles(store: Store) -> None:
    """1.2: a user's role and schools are in a file of their own, the primary one first."""
    store.run(
        "CREATE INDEX raw_role_user ON raw_role (user)",
        """UPDATE raw_user SET
            role = coalesce((SELECT r.role FROM raw_role r WHERE r.user = raw_user.source
                AND NOT r.gone ORDER BY r.prim DESC, r.line LIMIT 1), ''),
            orgs = coalesce((SELECT r.org FROM raw_role r WHERE r.user = raw_user.source
                AND NOT r.gone ORDER BY r.prim DESC, r.line LIMIT 1), orgs)
            WHERE role = ''""",
    )
    store.wrong_by(
        """SELECT 'users', line, 'role', 'no-role', source, '' FROM raw_user
            WHERE role = '' AND NOT gone"""
    )
    store.run("DELETE FROM raw_user WHERE role = '' AND NOT gone")
