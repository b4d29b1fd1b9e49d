"""Papers and plans as they are typed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from yunke.base.trouble import Refused
from yunke.school.exams.actions.planning import Wish
from yunke.school.exams.rules.papers import points_of
from yunke.school.exams.rules.writing import KINDS, NotAQuestion, item_written
from yunke.school.exams.values.exams import ExamView, Mode, Sort
from yunke.school.exams.values.papers import PaperLine


def whole(text: str | None, low: int, high: int) -> int | None:
    """A whole number within bounds; None for anything else."""
    text = (text or "").strip()
    if not text.isdecimal() or len(text) > 9:
        return None
    return int(text) if low <= int(text) <= high else None


def numbers(texts: Iterable[str]) -> list[int]:
    """Ids that were chosen; what cannot be one is left out."""
    return [found for text in texts if (found := whole(text, 1, 10**9)) is not None]


def instant(text: str | None) -> datetime | None:
    """What a datetime-local field says, on the school's wall clock."""
    try:
        found = parse_datetime((text or "").strip())
    except ValueError:
        return None
    if found is None or not 2000 <= found.year <= 2100:  # room for what is added to it
        return None
    zone = timezone.get_default_timezone()
    return found if timezone.is_aware(found) else timezone.make_aware(found, zone)


def instant_or_none(text: str | None) -> datetime | None:
    """None where nothing was typed. Raises Refused for what is no time."""
    found = instant(text)
    if found is None and (text or "").strip():
        raise Refused(_("时间读不懂。没有保存。"), status=422)
    return found


def plain(text: str | None, most: int) -> str:
    return (text or "").replace("\0", "").strip()[:most]


def points_typed(text: str | None) -> Fraction:
    """Raises Refused."""
    found = points_of(text or "")
    if found is None:
        raise Refused(_("分值要大于 0，比如 2 或 2.5。没有保存。"), status=422)
    return found


def line_typed(data: Mapping[str, str]) -> PaperLine:
    """A question written into a paper. Raises Refused."""
    points = points_typed(data.get("points"))
    kind = data.get("kind", "")
    try:
        item = item_written(
            kind if kind in KINDS else "", stem=plain(data.get("stem"), 4000),
            options=plain(data.get("options"), 4000), key=plain(data.get("key"), 2000),
            reasoning=plain(data.get("reasoning"), 4000), points=points,
            knowledge=tuple(filter(None, [plain(data.get("point"), 40)])),
        )  # fmt: skip
    except NotAQuestion as bad:
        raise Refused(_told(str(bad)), status=422) from None
    return PaperLine(whole(data.get("section"), 0, 11) or 0, points, item=item)


def _told(what: str) -> str:
    return {
        "stem": _("题干是空的。没有保存。"),
        "options": _("选项要有 2 到 8 个，一行一个。没有保存。"),
        "kind": _("没有这种题型。没有保存。"),
    }.get(what, _("答案读不懂：选择题写字母，判断题写对或错，数写成 12.5 或 12.5 米。没有保存。"))


def wish_typed(data: QueryDict, paper_id: int) -> Wish:
    """A plan. Raises Refused for what no plan can be."""
    starts, minutes = instant(data.get("starts_at")), whole(data.get("minutes"), 1, 600)
    if starts is None or minutes is None:
        raise Refused(_("开始时间和分钟数都要填。没有保存。"), status=422)
    window = whole(data.get("window"), 0, 14 * 24 * 60)
    length = timedelta(minutes=max(window or 0, 0) or minutes)
    late = data.get("late", "")
    return Wish(
        paper_id=paper_id,
        class_ids=tuple(sorted(set(numbers(data.getlist("class"))))),
        sort=_sort(data.get("sort", "")), mode=_mode(data.get("mode", "")),
        starts_at=starts, ends_at=starts + length, minutes=minutes,
        late_minutes=whole(data.get("late_minutes"), 0, 600) if late == "some" else None,
        late_full=data.get("late_full") == "yes", shuffle=data.get("shuffle") == "yes",
        release_at=instant_or_none(data.get("release_at")),
        appeal_days=_days(data.get("appeal_days")), note=plain(data.get("note"), 300),
    )  # fmt: skip


def wish_shown(exam: ExamView) -> dict[str, object]:
    """A plan as ``wish_typed`` reads it: sent back unchanged it changes nothing.

    A window as long as the exam stays empty, so that it follows the minutes.
    """
    window = (exam.ends_at - exam.starts_at) // timedelta(minutes=1)
    return {
        "sort": exam.sort.value, "mode": exam.mode.value, "starts_at": _local(exam.starts_at),
        "minutes": exam.minutes, "window": "" if window == exam.minutes else window,
        "late": "" if exam.late_minutes is None else "some",
        "late_minutes": 15 if exam.late_minutes is None else exam.late_minutes,
        "late_full": "yes" if exam.late_full else "", "shuffle": "yes" if exam.shuffle else "",
        "release_at": _local(exam.release_at), "appeal_days": exam.appeal_days,
    }  # fmt: skip


def wish_begun(at: datetime) -> dict[str, object]:
    """What the form of a new plan holds: tomorrow at nine, forty minutes."""
    start = timezone.localtime(at + timedelta(days=1)).replace(hour=9, minute=0)
    return {
        "sort": Sort.QUIZ.value, "mode": Mode.SCREEN.value, "starts_at": _local(start),
        "minutes": 40, "late_minutes": 15, "appeal_days": 3,
    }  # fmt: skip


def _local(at: datetime | None) -> str:
    """As a datetime-local field wants it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M") if at else ""


def _sort(text: str | None) -> Sort:
    return next((one for one in Sort if one == text), Sort.QUIZ)


def _mode(text: str | None) -> Mode:
    return next((one for one in Mode if one == text), Mode.SCREEN)


def _days(text: str | None) -> int:
    found = whole(text, 0, 30)
    return 3 if found is None else found
