"""Picture passwords: three of twelve pictures in order."""

from django.db import transaction

from yunke.base import hashing
from yunke.ground.audit.door import Act, look_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.sessions import sessions_end
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import Person


@transaction.atomic
def picture_set(
    *, actor_id: int, encoded: dict[int, str], names: dict[int, str], class_id: int = 0
) -> None:
    """Set picture passwords that were hashed before, by person; the old ones and what they
    opened are worthless from now on. (Hashing fifty takes a second and a half of a core, so it
    never happens inside the transaction.)
    """
    for person_id, pictures in encoded.items():
        Person.objects.filter(id=person_id).update(pictures=pictures)
        told(
            actor_id, Verb.PICTURES_SET, "person", person_id, title=names.get(person_id, ""),
            subject_id=person_id, class_id=class_id,
        )  # fmt: skip
    sessions_end(encoded, "pictures")
    look_record(
        reader_id=actor_id, role="", act=Act.PICTURES_SET, part="pictures", part_id=class_id,
        pupil_ids=list(encoded),
    )  # fmt: skip


def pictures_encode(chosen: tuple[str, ...]) -> str:
    """Three picture keys in order as they are kept. Waits for its turn to hash."""
    return hashing.encode(pictures_text(chosen))


def pictures_text(chosen: tuple[str, ...]) -> str:
    """What is hashed for a picture password."""
    return " ".join(chosen)
