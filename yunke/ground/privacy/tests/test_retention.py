"""What is past its limit goes every day; a dry run only counts; all pupils go out by two."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from yunke.base.clock import now, today
from yunke.base.held import DAYS, Keep
from yunke.base.jobs import JobRefused, run_one
from yunke.base.models import Receipt
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, is_ours, second_decide, second_place, verify
from yunke.ground.audit.models import Entry, Look
from yunke.ground.audit.tests.makers import chain
from yunke.ground.lake.models import LakeFile
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.people.values import Role
from yunke.ground.privacy import jobs
from yunke.ground.privacy.actions.copies import copy_file
from yunke.ground.privacy.actions.retention import dry_run, purge
from yunke.ground.privacy.actions.wishes import bulk_ask, bulk_start, copy_ask
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.reads.schedule import schedule
from yunke.ground.privacy.reads.told import keep_told, purpose_told, table_told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.LAKE_ROOT = tmp_path / "lake"


@pytest.fixture
def cast() -> Cast:
    return makers.cast(pupils_in_class=3)


def receipt(key: str, days: int) -> None:
    made = Receipt.objects.create(key=key * 20, path="/x")
    Receipt.objects.filter(id=made.id).update(made_at=now() - timedelta(days=days))


def counted() -> dict[str, int]:
    return {line.table: line.rows for line in dry_run() if line.rows}


def test_receipts_of_a_month_ago_go_and_younger_ones_stay() -> None:
    receipt("a", 40)
    receipt("b", 20)
    assert counted() == {"base.Receipt": 1}
    assert Receipt.objects.count() == 2
    assert purge() == {"base.Receipt": 1}
    assert Receipt.objects.count() == 1
    assert Entry.objects.get(act=Act.RETENTION_RUN).detail == {"base.Receipt": 1}


def test_a_day_with_nothing_to_do_leaves_no_line() -> None:
    assert purge() == {}
    assert not Entry.objects.exists()


def test_the_chain_is_cut_at_its_own_limit_and_holds() -> None:
    with time_machine.travel(now() - timedelta(days=DAYS[Keep.THREE_YEARS] + 20)):
        chain(4)
    Look.objects.create(seq=4, pupil_id=1, reader_id=2)
    chain(2)
    assert purge()["audit.Entry"] == 4
    assert not Look.objects.exists()
    assert verify(second_place=second_place(), ours=is_ours).good


def test_files_of_the_lake_go_with_their_rows(settings: LazySettings) -> None:
    path = "events/day=2020-01-01/1-1.parquet"
    file = settings.LAKE_ROOT / path
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    LakeFile.objects.create(
        path=path, day=today() - timedelta(days=500), first_id=1, last_id=1, events=1, bytes=1
    )
    assert purge()["lake.LakeFile"] == 1
    assert not file.exists()


def test_a_leaver_is_erased_after_a_year(cast: Cast) -> None:
    child = cast.pupil
    Person.objects.filter(id=child.id).update(left_on=today() - timedelta(days=390))
    assert "people.Person" not in counted()
    Person.objects.filter(id=child.id).update(left_on=today() - timedelta(days=410))
    assert counted()["people.Person"] == 1
    assert purge()["leavers"] == 1
    assert purge().get("leavers") == 1  # asked again, not twice
    assert Wish.objects.filter(person_id=child.id).count() == 1
    while run_one(None):
        pass
    assert Person.objects.get(id=child.id).name == ""
    assert "people.Person" not in counted()


def test_a_copy_is_made_by_the_worker(cast: Cast) -> None:
    copy_ask(who_id=cast.pupil.id, person_id=cast.pupil.id)
    while run_one(None):
        pass
    wish = Wish.objects.get()
    assert (wish.state, wish.share) == ("ready", 1)
    assert copy_file(wish) is not None


def test_a_job_without_its_wish_is_refused() -> None:
    with pytest.raises(JobRefused):
        jobs.copy(None, {"wish": 99})  # type: ignore[arg-type]


def test_a_schools_pupils_go_into_one_file_by_two_people(cast: Cast) -> None:
    cast.pupil.name = "=cmd|calc"
    cast.pupil.save()
    number = bulk_ask(who_id=cast.admin.id, school_id=cast.school.id, reason="体检", pupils=4)
    with pytest.raises(Refused):
        bulk_start(wish_id=number, who_id=cast.admin.id)
    chief = makers.staff(cast.school, Role.SCHOOL_ADMIN)
    wish = Wish.objects.get(id=number)
    second_decide(id=wish.second_id, who_id=chief.id, given=True)
    with pytest.raises(Refused):
        bulk_start(wish_id=number, who_id=chief.id)
    bulk_start(wish_id=number, who_id=cast.admin.id)
    assert Look.objects.filter(pupil_id=cast.pupil.id).count() == 1
    while run_one(None):
        pass
    wish.refresh_from_db()
    path = copy_file(wish)
    assert path is not None
    archive = zipfile.ZipFile(path)
    rows = json.loads(archive.read("pupils.json"))
    assert len(rows) == wish.receipt["pupils"] == 4
    assert cast.far_pupil.id not in {row["number"] for row in rows}
    csv = archive.read("pupils.csv").decode("utf-8-sig")
    assert ",=cmd" not in csv
    assert json.loads(archive.read("about.json"))["agreed_by"] == chief.id


def test_a_bulk_export_is_capped_and_needs_its_reason(cast: Cast) -> None:
    for reason, pupils in (("x", 5001), (" ", 3)):
        with pytest.raises(Refused):
            bulk_ask(who_id=cast.admin.id, school_id=cast.school.id, reason=reason, pupils=pupils)
    assert not Wish.objects.exists()


def test_the_schedule_is_the_map() -> None:
    groups = schedule()
    tables = {one.table for group in groups for one in group.tables}
    assert {"people.Person", "lessons.Note", "audit.Entry"} <= tables
    assert "library.Unit" not in tables
    assert all(one.name and one.keep for group in groups for one in group.tables)


def test_words_for_what_nobody_named() -> None:
    assert table_told("lessons.Unnamed") == "上课 · Unnamed"
    assert table_told("part:uploads") == "文件 · uploads"
    assert table_told("elsewhere.X") == "elsewhere · X"
    assert purpose_told("x") == keep_told("x") == "x"
