"""Papers are written by their makers, sealed at every save, and open with their first exam."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.people.door import Who, colleague_may, colleagues
from yunke.school.exams.models import Exam, Paper, PaperItem, PaperMaker
from yunke.school.exams.reads.papers import at_school, body_opened, body_sealed
from yunke.school.exams.rules.making import grades_made
from yunke.school.exams.rules.papers import lacks, too_large
from yunke.school.exams.values.papers import PaperBody
from yunke.school.library.door import questions_from_items, questions_share

ORIGIN = "paper"


@transaction.atomic
def paper_begin(*, who: Who, subject: str, grade: int, school_id: int, body: PaperBody) -> int:
    """A new sealed paper; gives its id. Raises Refused where its subject and grade are not one's
    own, as with homework. 2 queries."""
    if grade not in grades_made(who.grants, subject) or not at_school(who, school_id):
        raise Refused(_("这个年级的这门课不是你教的，没有保存。"), status=422)
    row = Paper.objects.create(subject=subject, grade=grade, school_id=school_id, author_id=who.id)
    row.body = body_sealed(row.id, body)
    row.save(update_fields=["body"])
    return row.id


@transaction.atomic
def paper_change(
    *, who: Who, paper_id: int, version: int, change: Callable[[PaperBody], PaperBody]
) -> int:
    """Change what is in it; gives the new version. Raises Refused: for everybody but its makers
    (404), when it is open already, when a colleague saved meanwhile, or when it gets too large.
    """
    row = paper_mine(who, paper_id)
    if row.opened_at is not None:
        raise Refused(_("这份试卷已经开考，不能再改。可以另做一份。"), status=409)
    if row.version != version:
        raise Refused(
            _("同事刚刚改了这份试卷，你的改动没有保存。请刷新后再改。"), status=409
        )  # fmt: skip
    body = change(body_opened(row))
    if too_large(body):
        raise Refused(_("一份试卷最多 120 道题、12 个部分，没有保存。"), status=422)
    row.body, row.version = body_sealed(row.id, body), row.version + 1
    row.save(update_fields=["body", "version"])
    return row.version


@transaction.atomic
def maker_add(*, who: Who, paper_id: int, person_id: int) -> None:
    """A colleague of the paper's school who makes papers may see and change it, too. Only the
    author says so."""
    row = paper_mine(who, paper_id)
    if row.author_id != who.id:
        raise Refused(_("只有出卷人可以邀请同事。"), status=403)
    there = any(one.id == person_id for one in colleagues(row.school_id))
    if not there or not colleague_may(who, person_id, "paper.write"):
        raise Refused(_("只能邀请本校出卷的同事，没有改动。"), status=404)
    PaperMaker.objects.get_or_create(
        paper=row, person_id=person_id, defaults={"added_by_id": who.id}
    )


@transaction.atomic
def maker_drop(*, who: Who, paper_id: int, person_id: int) -> None:
    row = paper_mine(who, paper_id)
    if row.author_id != who.id:
        raise Refused(_("只有出卷人可以邀请同事。"), status=403)
    PaperMaker.objects.filter(paper=row, person_id=person_id).delete()


@transaction.atomic
def paper_retire(*, who: Who, paper_id: int) -> None:
    """Put away; refused while an exam that is not over asks it."""
    row = paper_mine(who, paper_id)
    if row.exams.filter(withdrawn_at__isnull=True, released_at__isnull=True).exists():
        raise Refused(_("还有考试用着这份试卷，没有收起。"), status=409)
    row.retired_at = now()
    row.save(update_fields=["retired_at"])


def paper_open(paper_id: int) -> None:
    """The first exam starts: what was sealed becomes questions with their rows. Once; inside the
    caller's transaction. 1 query when it is open, else 5."""
    row = Paper.objects.select_for_update().get(id=paper_id)
    if row.opened_at is not None:
        return
    body = body_opened(row)
    own = [(n, line) for n, line in enumerate(body.lines, 1) if line.item is not None]
    ids = questions_from_items(
        [line.item for _n, line in own if line.item],
        codes=[f"paper-{row.id}-{n}" for n, _line in own],
        subject=row.subject, grade=row.grade, origin=f"{ORIGIN}-{row.id}",
    )  # fmt: skip
    written = dict(zip((n for n, _line in own), ids, strict=True))
    PaperItem.objects.bulk_create(
        PaperItem(
            paper=row, position=n, section=line.section,
            question_id=line.question_id or written[n], points=str(line.points),
        )
        for n, line in enumerate(body.lines, 1)
    )  # fmt: skip
    row.opened_at = now()
    row.save(update_fields=["opened_at"])


def paper_share(paper_id: int) -> None:
    """Once every exam of the paper that took place is released, colleagues of the school find its
    own questions. 1 query while one waits, else 4."""
    there = Exam.objects.filter(paper_id=paper_id, withdrawn_at__isnull=True)
    if not there.exists() or there.filter(released_at__isnull=True).exists():
        return
    row = Paper.objects.get(id=paper_id)
    ids = PaperItem.objects.filter(paper_id=paper_id).values_list("question_id", flat=True)
    questions_share(
        list(ids), origin=f"{ORIGIN}-{paper_id}", school_id=row.school_id,
        author_id=row.author_id or 0,
    )  # fmt: skip


def paper_ready(paper: Paper) -> None:
    """Raises Refused when it cannot be asked."""
    what = lacks(body_opened(paper))
    if what:
        raise Refused(
            {
                "title": _("试卷还没有标题。"),
                "lines": _("试卷里还没有题。"),
                "points": _("有一道题没有分值。"),
            }[what],
            status=422, way=(f"/exams/papers/{paper.id}", _("去写试卷")),
        )  # fmt: skip


def paper_mine(who: Who, paper_id: int) -> Paper:
    """The paper for one of its makers who is still at its school, locked. Raises Refused (404)."""
    row = (
        Paper.objects.select_for_update().filter(id=paper_id, retired_at__isnull=True).first()
    )  # fmt: skip
    if (
        row is None
        or not at_school(who, row.school_id)
        or (row.author_id != who.id and not row.makers.filter(person_id=who.id).exists())
    ):
        raise Refused(_("没有找到这份试卷，或者它不归你看。"), status=404)
    return row
