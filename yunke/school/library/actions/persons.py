"""What the library holds about people outside its columns: half uploads, authors in the search."""

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from yunke.ground.privacy.door import Part, part_of_person
from yunke.school.library.actions.bulk import search_refresh
from yunke.school.library.actions.uploads import part_file
from yunke.school.library.models import Lesson, Upload


def person_parts() -> None:
    """Tell the room of privacy; called when the house opens."""
    part_of_person(Part("uploads", files=upload_files, forget=uploads_forget))
    part_of_person(Part("lesson-search", forget=author_forget))


def upload_files(person_id: int) -> Iterator[Path]:
    for upload in Upload.objects.filter(person_id=person_id):
        yield part_file(upload.id)


def uploads_forget(person_id: int) -> int:
    """The bytes of uploads that never became a file of a lesson."""
    gone = 0
    for path in upload_files(person_id):
        if path.is_file():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


@transaction.atomic
def author_forget(person_id: int) -> int:
    """An author's name leaves the lessons and the search; the lessons are the school's."""
    lessons = list(Lesson.objects.filter(author_id=person_id).values_list("id", flat=True))
    Lesson.objects.filter(id__in=lessons).update(author_id=None, author_name="")
    search_refresh(lessons)
    return len(lessons)
