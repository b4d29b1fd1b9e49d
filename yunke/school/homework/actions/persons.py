"""What homework holds about people outside of its columns: the files of recordings."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from yunke.ground.privacy.door import Part, part_of_person
from yunke.school.homework.models import Voice


def person_parts() -> None:
    """Tell the room of privacy; called when the house opens."""
    part_of_person(Part("homework-voices", files=voice_files, forget=voices_forget))


def voice_files(person_id: int) -> Iterator[Path]:
    """What a pupil recorded, and what was spoken about the pupil's work."""
    rows = Voice.objects.filter(copy__pupil_id=person_id, gone_at__isnull=True)
    for name in rows.values_list("file", flat=True):
        yield Path(settings.MEDIA_ROOT) / name


def voices_forget(person_id: int) -> int:
    gone = 0
    for path in voice_files(person_id):
        if path.is_file():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
