"""A whole attempt for its page: questions, what is stored, and what the page's script needs."""

from typing import Any

from django.conf import settings

from yunke.base.clock import now
from yunke.school.attempts.reads.keys import (
    copy_key,
    log_key,
    permit,
    server_box_public,
    slot,
    text,
    tick_key,
)
from yunke.school.attempts.reads.photos import pages_of
from yunke.school.attempts.reads.told import instant
from yunke.school.attempts.rules.ticks import Proof, tick_make
from yunke.school.attempts.values import Asking, Opened, Sheet
from yunke.school.library.door import asked_of


def sheet_of(opened: Opened, *, by_photo: bool = False, seed: str = "") -> Sheet:
    """What ``{% include "attempts/sheet.html" with sheet=sheet %}`` shows. Only for the page of the
    person whose attempt it is: the feed holds the keys of her own copy. 2 queries.

    ``by_photo``: pages of paper may be photographed for the attempt as a whole. ``seed``: options
    in an order of their own (``library.door.asked_of``).
    """
    at, pages = now(), pages_of([opened.id])
    asked = asked_of(opened.order, seed)
    questions = tuple(
        Asking(
            number, one, asked[one], opened.answers.get(one), asked[one].kind,
        )
        for number, one in enumerate((n for n in opened.order if n in asked), start=1)
    )  # fmt: skip
    loose = tuple(page for page in pages if not page.question_id)
    feed = _feed(opened)
    feed["now"] = instant(at)
    feed["tick"] = tick_make(
        tick_key(), attempt_id=opened.id, person_id=opened.person_id, at=at, before=Proof()
    )
    return Sheet(opened, questions, loose, feed, by_photo, at)


def _feed(opened: Opened) -> dict[str, Any]:
    who, number = opened.person_id, opened.id
    return {
        "attempt": number,
        "questions": list(opened.order),
        "answers": {
            str(one): {"value": value, "seq": opened.seqs.get(one, 0)}
            for one, value in opened.answers.items()
        },
        "saved": opened.seq,
        "zone": settings.TIME_ZONE,
        "state": "submitted" if opened.submitted_at else "open",
        "ends_at": instant(opened.ends_at),
        "slot": slot(who, number),
        "copy": text(copy_key(who, number)),
        "log": text(log_key(who, number)),
        "box": server_box_public(),
        "permit": permit(who, number),
    }
