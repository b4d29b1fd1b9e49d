"""The pages that a child wrote by hand at home, photographed in time."""

from typing import IO

from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.school.attempts.door import photo_add
from yunke.school.exams.rules.home import photos_until
from yunke.school.exams.values.exams import Seat


def page_take(*, seat: Seat | None, child_id: int, file: IO[bytes]) -> None:
    """Keep one page; while the child writes and a quarter of an hour after. Raises Refused."""
    if seat is None or seat.withdrawn_at is not None:
        raise Refused(_("孩子还没有开始；没有保存。"), status=409)
    if seat.submitted_at is not None and now() > photos_until(seat.submitted_at):
        raise Refused(
            _("交卷已经超过 15 分钟，照片没有收。请在备注里告诉老师。"), status=409
        )  # fmt: skip
    photo_add(
        who_id=child_id, attempt_id=seat.attempt_id, question_id=0, file=file, after=True
    )  # fmt: skip
