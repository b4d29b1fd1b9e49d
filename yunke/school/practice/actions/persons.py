"""What practice holds about people outside of its columns: photographed sheets, recordings."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Q

from yunke.ground.privacy.door import Part, part_of_person
from yunke.school.practice.actions.explaining import folder_of
from yunke.school.practice.actions.papers import folder
from yunke.school.practice.models import Explanation, Paper


def person_parts() -> None:
    """Tell the room of privacy; called when the house opens."""
    part_of_person(Part("drill-photos", files=paper_files, forget=papers_forget))
    part_of_person(Part("explanations", files=film_files, forget=films_forget))


def paper_files(person_id: int) -> Iterator[Path]:
    """Photographs of the person's sheets, and those the person took that nobody has read yet."""
    own = Q(drill__person=person_id) | Q(by=person_id, drill__isnull=True)
    rows = Paper.objects.filter(own).exclude(file="")
    for name in rows.values_list("file", flat=True):
        if (folder() / name).is_file():
            yield folder() / name


def papers_forget(person_id: int) -> int:
    gone = 0
    for path in list(paper_files(person_id)):
        path.unlink(missing_ok=True)
        gone += 1
    return gone


def film_files(person_id: int) -> Iterator[Path]:
    """A teacher's own recordings."""
    for number in Explanation.objects.filter(teacher=person_id).values_list("id", flat=True):
        yield from (path for path in folder_of(number).glob("*") if path.is_file())


def films_forget(person_id: int) -> int:
    gone = len(list(film_files(person_id)))
    for number in Explanation.objects.filter(teacher=person_id).values_list("id", flat=True):
        shutil.rmtree(folder_of(number), ignore_errors=True)
    return gone
