"""After an erasure nobody finds the person: not in tables, files, Parquet, receipts, the audit."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import transaction

from yunke.base.models import Receipt
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record, is_ours, second_place, verify
from yunke.ground.audit.models import Entry
from yunke.ground.lake.door import Verb, event_record, lake_flush
from yunke.ground.lake.models import Event, LakeFile
from yunke.ground.people.models import Membership, Person, Session
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.privacy.actions import erase
from yunke.ground.privacy.actions.erase import erase_run, erasures_replay, log_path, log_read
from yunke.ground.privacy.actions.wishes import erase_ask, erase_decide, wish_take_back
from yunke.ground.privacy.door import Part, part_of_person
from yunke.ground.privacy.models import Erased, Wish
from yunke.ground.privacy.reads import parts
from yunke.ground.privacy.reads.map import columns, personal, rows_of
from yunke.ground.privacy.reads.wishes import erase_dry_run, receipt_lines
from yunke.ground.privacy.tests.makers import Nest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def cast() -> Cast:
    return makers.cast(pupils_in_class=2)


def erased(person: Any, *, by: Any, decider: Any) -> Wish:
    number = erase_ask(who_id=by.id, person_id=person.id, reason="不想留")
    erase_decide(wish_id=number, who_id=decider.id, given=True)
    wish = Wish.objects.get(id=number)
    erase_run(wish)
    Wish.objects.filter(id=number).update(state="done")
    return Wish.objects.get(id=number)


def everything(but: tuple[str, ...] = ()) -> str:
    """All cells of the whole database as one text."""
    found = []
    for model in apps.get_models():
        if model._meta.label in but:
            continue
        names = [one.attname for one in columns(model)]
        for row in model._base_manager.values_list(*names):
            found += [bytes(c).decode(errors="replace") if isinstance(c, bytes | memoryview)
                      else str(c) for c in row]  # fmt: skip
    return "\n".join(found)


def test_no_canary_is_left_but_where_the_receipt_says_why(cast: Cast) -> None:
    nest = Nest(cast.pupil, cast.pupils[1]).lay()
    wish = erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    kept = {line.table for line in receipt_lines(wish.receipt) if line.what == "keep"}
    left = everything(but=tuple(kept))
    for model, held in personal():
        label = model._meta.label
        if label in kept or label not in nest.laid:
            continue
        emptied = set(held.blank) if held.erase.value == "blank" else None
        for name, laid in nest.laid[label].items():
            if not (isinstance(laid, str) and laid.startswith("canary")):
                continue
            if emptied is None or name in emptied:
                assert laid not in left, f"{label}.{name}"
    assert all(line.why for line in receipt_lines(wish.receipt) if line.what == "keep")


def test_the_name_is_nowhere_and_nothing_opens(cast: Cast) -> None:
    child, name, login = cast.pupil, cast.pupil.name, cast.pupil.login
    client = makers.signed_in(child)
    Receipt.objects.create(key="r" * 20, path="/x", body=f"<b>{name}</b>".encode(), status=200)
    erased(child, by=cast.guardian, decider=cast.admin)
    left = everything()
    assert login not in left
    assert f"<b>{name}" not in left
    child.refresh_from_db()
    assert (child.name, child.login, child.password) == ("", f"erased-{child.id}", "")
    assert child.has_left
    assert not Session.objects.filter(person=child).exists()
    assert not Membership.objects.filter(person=child).exists()
    assert client.get("/today").status_code == 302


def test_others_keep_everything(cast: Cast) -> None:
    Nest(cast.pupils[1], cast.pupil).lay()
    before = {
        model._meta.label: rows_of(model, held, cast.pupils[1].id).count()
        for model, held in personal()
    }
    erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    for model, held in personal():
        count = rows_of(model, held, cast.pupils[1].id).count()
        assert count == before[model._meta.label], model._meta.label
    assert Person.objects.get(id=cast.pupils[1].id).name == cast.pupils[1].name


def test_the_audit_keeps_the_fact_and_not_the_content(cast: Cast) -> None:
    with transaction.atomic():
        audit_record(
            actor_id=cast.admin.id, act=Act.PASSWORD_RESET, subject_id=cast.pupil.id,
            reason="canary-reason", detail={"x": "canary-detail"},
        )  # fmt: skip
    erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    entry = Entry.objects.get(act=Act.PASSWORD_RESET)
    assert (entry.actor_id, entry.subject_id) == (cast.admin.id, cast.pupil.id)
    assert (entry.reason, entry.detail, entry.salt) == ("", {}, "")
    assert Entry.objects.filter(act=Act.DATA_ERASED, subject_id=cast.pupil.id).count() == 1
    assert verify(second_place=second_place(), ours=is_ours).good


def test_files_and_what_only_a_room_knows_are_forgotten(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PARTS", {})
    mine = tmp_path / "drawing.png"
    mine.write_bytes(b"x")

    def forget(person: int) -> int:
        there = mine.exists()
        mine.unlink(missing_ok=True)
        return int(there)

    part_of_person(Part("drawings", files=lambda person: [mine], forget=forget))
    wish = erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    assert not mine.exists()
    assert wish.receipt["tables"]["part:drawings"] == ["row", 1, ""]


def test_a_second_run_takes_nothing_more(cast: Cast) -> None:
    wish = erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    lines = Entry.objects.count()
    receipt = wish.receipt
    erase_run(wish)
    assert Wish.objects.get(id=wish.id).receipt == receipt
    assert Entry.objects.count() == lines
    assert len(log_read()) == 1


def test_a_crash_in_the_middle_is_gone_on_with(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = erase_ask(who_id=cast.guardian.id, person_id=cast.pupil.id)
    erase_decide(wish_id=number, who_id=cast.admin.id, given=True)
    real, seen = erase._table, []

    def table(model: Any, held: Any, person: int) -> Any:
        seen.append(model._meta.label)
        if len(seen) == 4:
            raise OSError("the power went")
        return real(model, held, person)

    monkeypatch.setattr(erase, "_table", table)
    with pytest.raises(OSError, match="power"):
        erase_run(Wish.objects.get(id=number))
    assert Person.objects.get(id=cast.pupil.id).name == cast.pupil.name
    half = Wish.objects.get(id=number)
    assert seen[2] in half.through
    monkeypatch.setattr(erase, "_table", real)
    erase_run(half)
    assert Person.objects.get(id=cast.pupil.id).name == ""
    assert Erased.objects.get().finished_at is not None


def test_an_old_backup_is_put_right(cast: Cast) -> None:
    child = cast.pupil
    before = Person.objects.filter(id=child.id).values().get()
    erased(child, by=cast.guardian, decider=cast.admin)
    Person.objects.filter(id=child.id).update(**before)  # the old database is back
    Erased.objects.all().delete()
    assert erasures_replay() == 1
    assert Person.objects.get(id=child.id).name == ""
    assert erasures_replay() == 0
    assert len(log_read()) == 1


def test_somebody_else_under_an_old_number_is_left_alone(cast: Cast) -> None:
    erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    newer = makers.pupil(cast.one, "新来的")
    line = json.loads(log_path().read_text())
    log_path().write_text(json.dumps({**line, "person": newer.id}) + "\nhalf a li")
    assert erasures_replay() == 0
    assert Person.objects.get(id=newer.id).name == "新来的"


@pytest.mark.django_db(transaction=True)
def test_the_lakes_files_are_written_anew_without_the_person(settings: LazySettings) -> None:
    cast = makers.cast(pupils_in_class=2)
    for actor in (cast.pupil, cast.pupils[1]):
        with transaction.atomic():
            event_record(actor_id=actor.id, verb=Verb.NOTE_SAVED, object_kind="note", title="记")
    with transaction.atomic():
        event_record(
            actor_id=cast.head.id, verb=Verb.PASSWORD_RESET, object_kind="person",
            title=cast.pupil.name, subject_id=cast.pupil.id,
        )  # fmt: skip
    lake_flush()
    Event.objects.all().delete()
    old = {file.path for file in LakeFile.objects.all()}
    erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    rows: list[Any] = []
    for file in LakeFile.objects.all():
        path = settings.LAKE_ROOT / file.path
        found = duckdb.sql(f"SELECT actor_id, subject_id, title FROM '{path}'").fetchall()
        assert len(found) == file.events
        rows += found
    assert cast.pupil.id not in {number for row in rows for number in row[:2]}
    assert cast.pupils[1].id in {row[0] for row in rows}
    assert cast.pupil.name not in {row[2] for row in rows}
    assert old.isdisjoint(file.path for file in LakeFile.objects.all())
    assert not [path for path in old if (settings.LAKE_ROOT / path).exists()]


def test_nobody_confirms_the_own_wish(cast: Cast) -> None:
    number = erase_ask(who_id=cast.admin.id, person_id=cast.pupil.id, reason="x")
    for decider in (cast.admin, cast.pupil):
        with pytest.raises(Refused):
            erase_decide(wish_id=number, who_id=decider.id, given=True)
    erase_decide(wish_id=number, who_id=cast.city_staff.id, given=False, reason="还在读")
    with pytest.raises(Refused):
        erase_decide(wish_id=number, who_id=cast.city_staff.id, given=True)


def test_who_asked_may_think_again(cast: Cast) -> None:
    number = erase_ask(who_id=cast.guardian.id, person_id=cast.pupil.id)
    assert erase_ask(who_id=cast.guardian.id, person_id=cast.pupil.id) == number
    with pytest.raises(Refused):
        wish_take_back(wish_id=number, who_id=cast.admin.id)
    wish_take_back(wish_id=number, who_id=cast.guardian.id)
    with pytest.raises(Refused):
        erase_decide(wish_id=number, who_id=cast.admin.id, given=True)


def test_the_dry_run_counts_and_takes_nothing(cast: Cast) -> None:
    Nest(cast.pupil, cast.pupils[1]).lay()
    before = everything()
    lines = {line.table: line for line in erase_dry_run(cast.pupil.id)}
    assert lines["lessons.Note"].rows == 1
    assert lines["lessons.Note"].what == "row"
    assert lines["people.Person"].what == "blank"
    assert everything() == before


def test_nobody_is_erased_twice(cast: Cast) -> None:
    erased(cast.pupil, by=cast.guardian, decider=cast.admin)
    with pytest.raises(Refused):
        erase_ask(who_id=cast.guardian.id, person_id=cast.pupil.id)
    with pytest.raises(Refused):
        erase_ask(who_id=cast.guardian.id, person_id=10**9)
