"""Login cards: issued anew, the older one of the same pupil dies at once."""

import secrets

from django.db import transaction

from yunke.base.clock import now
from yunke.ground.audit.door import Act, audit_record, look_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.sessions import sessions_end
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import Card
from yunke.ground.people.reads import token_hash


@transaction.atomic
def cards_issue(*, actor_id: int, persons: dict[int, str], class_id: int = 0) -> dict[int, str]:
    """New card tokens by person (``persons``: id → name), kept nowhere but on what is printed.

    Older cards of the same persons are revoked, and what they opened is signed out.
    Cost: five statements and one event a person.
    """
    moment = now()
    older = Card.objects.filter(person_id__in=persons, revoked_at__isnull=True)
    had = list(older.values_list("person_id", flat=True))
    older.update(revoked_at=moment)
    sessions_end(had, "card")
    tokens = {person: secrets.token_urlsafe(16) for person in persons}
    Card.objects.bulk_create(
        Card(person_id=person, token_hash=token_hash(token), made_by_id=actor_id or None)
        for person, token in tokens.items()
    )
    for person, name in persons.items():
        told(actor_id, Verb.CARD_ISSUED, "card", title=name, subject_id=person, class_id=class_id)
    look_record(
        reader_id=actor_id, role="", act=Act.CARDS_ISSUED, part="cards", part_id=class_id,
        pupil_ids=list(persons),
    )  # fmt: skip
    return tokens


@transaction.atomic
def card_revoke(*, actor_id: int, person_id: int, name: str = "", class_id: int = 0) -> bool:
    """A lost card opens nothing any more, and what it opened is signed out."""
    cards = Card.objects.filter(person_id=person_id, revoked_at__isnull=True)
    if not cards.update(revoked_at=now()):
        return False
    sessions_end([person_id], "card")
    told(actor_id, Verb.CARD_REVOKED, "card", title=name, subject_id=person_id, class_id=class_id)
    audit_record(actor_id=actor_id, act=Act.CARD_REVOKED, subject_id=person_id, object_kind="cards")
    return True
