"""A copy holds every exportable column about the person, and nobody else."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from yunke.base.held import Held
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record, lake_flush
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.privacy.actions.copies import copies_folder, copies_sweep, copy_file, copy_write
from yunke.ground.privacy.actions.wishes import copy_ask
from yunke.ground.privacy.door import Part, part_of_person
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads import parts
from yunke.ground.privacy.reads.copy import SOMEBODY, person_tables
from yunke.ground.privacy.reads.map import exported, personal
from yunke.ground.privacy.tests.makers import Nest

pytestmark = pytest.mark.django_db
# What teachers think of a pupil's work is told when it is given back, and here nothing was.
UNTOLD = {"attempts.Mark", "homework.Desk", "practice.Answered"}


@pytest.fixture(autouse=True)
def folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def cast() -> Cast:
    return makers.cast(pupils_in_class=2)


def wish_for(person: Any, by: Any = None) -> Wish:
    number = copy_ask(who_id=(by or person).id, person_id=person.id)
    return Wish.objects.get(id=number)


def opened(wish: Wish) -> zipfile.ZipFile:
    wish.refresh_from_db()
    path = copy_file(wish)
    assert path is not None
    return zipfile.ZipFile(path)


def test_every_exportable_column_of_every_table_is_in_it(cast: Cast) -> None:
    nest = Nest(cast.pupil, cast.pupils[1]).lay()
    assert len(nest.laid) >= 20
    wish = wish_for(cast.pupil)
    copy_write(wish)
    archive = opened(wish)
    for model, held in personal():
        label = model._meta.label
        if label not in nest.laid:
            continue
        rows = json.loads(archive.read(f"tables/{label}.json"))
        if label in UNTOLD and not rows:
            continue
        mine = [row for row in rows if str(row.get("id")) == str(nest.laid[label]["pk"])]
        shown = mine[0] if mine else rows[-1]
        about = dict(held.of)
        for one in exported(model, held):
            if one.attname in about and nest.laid[label].get(about[one.attname]) != cast.pupil.id:
                assert shown[one.attname] is None  # somebody else's words
                continue
            laid = nest.laid[label].get(one.attname)
            assert one.attname in shown, f"{label}.{one.attname}"
            if isinstance(laid, str) and laid.startswith("canary"):
                assert shown[one.attname] == laid, f"{label}.{one.attname}"


def test_what_is_secret_and_whom_else_a_row_names_is_not_in_it(cast: Cast) -> None:
    nest = Nest(cast.pupil, cast.pupils[1]).lay()
    wish = wish_for(cast.pupil)
    copy_write(wish)
    archive = opened(wish)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for model, held in personal():
        for name in held.secret:
            laid = nest.laid.get(model._meta.label, {}).get(name)
            if isinstance(laid, str) and laid.startswith("canary") and len(laid) > 8:
                assert laid.encode() not in everything, f"{model._meta.label}.{name}"
    (card,) = json.loads(archive.read("tables/people.Card.json"))
    assert card["made_by_id"] == SOMEBODY
    assert cast.pupils[1].name.encode() not in everything
    assert cast.pupil.name.encode() in archive.read("index.html")
    assert b"My data" in archive.read("index.en.html")


def test_a_text_about_somebody_else_stays_out_of_a_guardians_copy(cast: Cast) -> None:
    event_record(
        actor_id=cast.guardian.id, verb=Verb.GUARDIAN_LOOKED, object_kind="child",
        object_id=cast.pupil.id, subject_id=cast.pupil.id, title=cast.pupil.name,
    )  # fmt: skip
    for person, seen in ((cast.guardian, False), (cast.pupil, True)):
        wish = wish_for(person)
        copy_write(wish)
        archive = opened(wish)
        rows = json.loads(archive.read("tables/lake.Event.json"))
        assert [row["title"] == cast.pupil.name for row in rows] == [seen]
        lines = json.loads(archive.read("lake/events.json"))
        assert [line["title"] == cast.pupil.name for line in lines] == [seen]


@pytest.mark.django_db(transaction=True)
def test_what_lies_in_parquet_only_is_in_it() -> None:
    cast = makers.cast(pupils_in_class=1)
    with transaction.atomic():
        event_record(actor_id=cast.pupil.id, verb=Verb.NOTE_SAVED, object_kind="note", title="记")
    assert lake_flush() >= 1
    Event.objects.all().delete()
    wish = wish_for(cast.pupil)
    copy_write(wish)
    verbs = [line["verb"] for line in json.loads(opened(wish).read("lake/events.json"))]
    assert "note.saved" in verbs


def test_files_of_the_rooms_above_are_in_it(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PARTS", {})
    mine = tmp_path / "drawing.png"
    mine.write_bytes(b"canary-picture")
    part_of_person(Part("drawings", files=lambda person: [mine, tmp_path / "gone.png"]))
    wish = wish_for(cast.pupil)
    copy_write(wish)
    assert opened(wish).read("files/drawings/drawing.png") == b"canary-picture"


def test_asking_twice_is_one_wish_and_somebody_elses_needs_a_reason(cast: Cast) -> None:
    first = copy_ask(who_id=cast.pupil.id, person_id=cast.pupil.id)
    assert copy_ask(who_id=cast.pupil.id, person_id=cast.pupil.id) == first
    with pytest.raises(Refused):
        copy_ask(who_id=cast.admin.id, person_id=cast.pupil.id, school_id=cast.school.id)
    assert copy_ask(
        who_id=cast.admin.id, person_id=cast.pupil.id, school_id=cast.school.id, reason="转学"
    )


def test_a_copy_is_gone_when_its_week_is_over(cast: Cast) -> None:
    wish = wish_for(cast.pupil)
    copy_write(wish)
    opened(wish).close()
    assert copies_sweep() == 0
    wish.expires_at = wish.made_at
    wish.save()
    copies_sweep()
    wish.refresh_from_db()
    assert copy_file(wish) is None
    assert list(copies_folder().glob("*")) == []


def test_every_table_about_people_is_read(cast: Cast) -> None:
    assert [label for label, _held, _rows in person_tables(1)] == [
        model._meta.label for model, _held in personal()
    ]
    assert all(isinstance(held, Held) for _model, held in personal())
