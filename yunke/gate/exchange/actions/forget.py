"""Files of an import go when they are no longer needed: they hold a whole school's names."""

import shutil
from datetime import timedelta

from yunke.base.clock import now
from yunke.gate.exchange.models import Import, Step
from yunke.gate.exchange.reads.folder import folder_of
from yunke.gate.exchange.values import State

UNDO = timedelta(days=30)
# A preview that nobody came back to.
FORGOTTEN = timedelta(days=7)


def files_forget(import_id: int) -> None:
    shutil.rmtree(folder_of(import_id), ignore_errors=True)


def imports_tidy() -> int:
    """Put away what nobody came back to, and steps that can no longer be undone; how many."""
    old = Import.objects.filter(
        state__in=(State.WAITING, State.READ, State.REFUSED), made_at__lt=now() - FORGOTTEN
    )
    put = list(old.values_list("id", flat=True))
    for number in put:
        files_forget(number)
    old.update(state=State.DROPPED)
    Step.objects.filter(made_at__lt=now() - UNDO).delete()
    return len(put)
