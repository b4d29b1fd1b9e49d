"""Pictures of a pupil's sheets: in the copy of their data, and gone with them."""

from collections.abc import Iterator
from pathlib import Path

from yunke.ground.privacy.door import Part, part_of_person
from yunke.school.exams.models import Field, ScanPage
from yunke.school.exams.reads.sheets import sheets_folder


def person_parts() -> None:
    part_of_person(Part("sheets", files=sheet_files, forget=sheets_forget))


def sheet_files(person_id: int) -> Iterator[Path]:
    """The straightened pages and cut fields of a pupil's sheets. 2 queries."""
    pages = ScanPage.objects.filter(sheet__person_id=person_id).values_list("file", flat=True)
    fields = Field.objects.filter(page__sheet__person_id=person_id).values_list("file", flat=True)
    for name in (*pages, *fields):
        if name:
            yield sheets_folder() / name


def sheets_forget(person_id: int) -> int:
    """Take the pictures from the disk; gives how many there were."""
    found = [path for path in sheet_files(person_id) if path.is_file()]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
