"""What attempts hold about people outside of their columns: the files of photographs."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from yunke.ground.privacy.door import Part, part_of_person
from yunke.school.attempts.models import Photo


def person_parts() -> None:
    """Tell the room of privacy; called when the house opens."""
    part_of_person(Part("attempt-photos", files=photo_files, forget=photos_forget))


def photo_files(person_id: int) -> Iterator[Path]:
    """The photographs that a person took of her pages."""
    names = Photo.objects.filter(attempt__person_id=person_id).values_list("file", flat=True)
    for name in names:
        yield Path(settings.MEDIA_ROOT) / name


def photos_forget(person_id: int) -> int:
    gone = 0
    for path in photo_files(person_id):
        if path.is_file():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
