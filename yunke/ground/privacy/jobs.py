"""Work on people's data outside the request."""

from collections.abc import Callable
from typing import Any

from yunke.base.clock import now
from yunke.base.jobs import Held, JobRefused, job
from yunke.ground.privacy.actions.bulk import bulk_write
from yunke.ground.privacy.actions.copies import copy_write
from yunke.ground.privacy.actions.erase import erase_run
from yunke.ground.privacy.actions.retention import purge
from yunke.ground.privacy.models import Wish
from yunke.ground.privacy.values import WishState


@job("privacy.copy")
def copy(held: Held, payload: dict[str, Any]) -> None:
    _grant(held, payload, copy_write, WishState.READY)


@job("privacy.bulk")
def bulk(held: Held, payload: dict[str, Any]) -> None:
    _grant(held, payload, lambda wish, _told: bulk_write(wish), WishState.READY)


@job("privacy.erase", slow=True)
def erase(held: Held, payload: dict[str, Any]) -> None:
    _grant(held, payload, erase_run, WishState.DONE)


@job("privacy.retention", slow=True, daily=True)
def retention(held: Held, payload: dict[str, Any]) -> None:
    held.progress("purge", 0.1)
    purge()


def _grant(
    held: Held, payload: dict[str, Any], work: Callable[[Wish, Any], Any], state: WishState
) -> None:
    wish = Wish.objects.filter(id=payload["wish"]).first()
    if wish is None:
        raise JobRefused("the wish is gone")

    def told(stage: str, share: float) -> None:
        held.progress(stage[:60], share)
        Wish.objects.filter(id=wish.id).update(share=share)

    work(wish, told)
    with held.write():
        Wish.objects.filter(id=wish.id).update(state=state, share=1, done_at=now())
