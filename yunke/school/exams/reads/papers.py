"""Papers as their makers read them; for everybody else there are none before they open."""

from collections.abc import Iterable
from fractions import Fraction

from django.db.models import Count, Q

from yunke.base.sealing import derived
from yunke.ground.people.door import Who
from yunke.school.attempts.door import Place
from yunke.school.exams.models import Exam, Paper, PaperItem
from yunke.school.exams.rules.papers import body_json, body_of
from yunke.school.exams.rules.sealing import opened, sealed
from yunke.school.exams.values.papers import OpenItem, PaperBody, PaperFull, PaperHead

PURPOSE = "exams.paper"


def body_sealed(paper_id: int, body: PaperBody) -> str:
    """As it lies in the database: the key is made from the one in the data folder."""
    return sealed(body_json(body), derived(PURPOSE), about=f"paper-{paper_id}")


def body_opened(paper: Paper) -> PaperBody:
    """Raises SealBroken."""
    if not paper.body:
        return PaperBody()
    return body_of(opened(paper.body, derived(PURPOSE), about=f"paper-{paper.id}"))


def papers_of(who: Who) -> list[PaperHead]:
    """One's own papers and those one is a maker of, the newest first. 1 query."""
    rows = (
        Paper.objects.filter(Q(author_id=who.id) | Q(makers__person_id=who.id))
        .filter(retired_at__isnull=True)
        .annotate(used=Count("exams", distinct=True))
        .distinct().order_by("-id")
    )  # fmt: skip
    return [
        _head(row, body_opened(row), row.used) for row in rows if at_school(who, row.school_id)
    ]  # fmt: skip


def at_school(who: Who, school_id: int) -> bool:
    """Still there? Who made a paper for a school and left it sees it no more. No query."""
    return not school_id or any(grant.place.school == school_id for grant in who.grants)


def paper_full(who: Who, paper_id: int) -> PaperFull | None:
    """A paper with everything in it, for its makers alone. 2 queries."""
    row = Paper.objects.filter(id=paper_id, retired_at__isnull=True).first()
    if row is None:
        return None
    makers = tuple(row.makers.values_list("person_id", flat=True))
    if who.id not in (row.author_id, *makers) or not at_school(who, row.school_id):
        return None
    body = body_opened(row)
    return PaperFull(
        _head(row, body, 0), row.school_id, row.author_id or 0, body, makers
    )  # fmt: skip


def paper_row(paper_id: int) -> PaperFull | None:
    """A paper with everything in it, for this room's own work (printing, opening). 1 query."""
    row = Paper.objects.filter(id=paper_id).first()
    if row is None:
        return None
    body = body_opened(row)
    return PaperFull(_head(row, body, 0), row.school_id, row.author_id or 0, body)


def _head(row: Paper, body: PaperBody, used: int) -> PaperHead:
    return PaperHead(
        row.id, row.subject, row.grade, row.version, row.opened_at, row.made_at, body.title,
        body.title_en, len(body.lines), body.total, used,
    )  # fmt: skip


def items_of_paper(paper_id: int) -> list[OpenItem]:
    """What an opened paper asked, in order; nothing before. 1 query."""
    rows = PaperItem.objects.filter(paper_id=paper_id).order_by("position")
    return [
        OpenItem(row.id, row.position, row.section, row.question_id, Fraction(row.points))
        for row in rows
    ]


def exams_asked(exam_ids: list[int]) -> dict[int, tuple[Place, ...]]:
    """What attempts ask: the questions of each exam and what they are worth. 2 queries."""
    papers = dict(Exam.objects.filter(id__in=exam_ids).values_list("id", "paper_id"))
    items = items_by_paper(set(papers.values()))
    return {
        exam: tuple(Place(item.question_id, item.points) for item in items.get(paper, ()))
        for exam, paper in papers.items()
    }


def items_by_paper(paper_ids: Iterable[int]) -> dict[int, list[OpenItem]]:
    """1 query."""
    found: dict[int, list[OpenItem]] = {}
    rows = PaperItem.objects.filter(paper_id__in=list(paper_ids)).order_by("position")
    for row in rows:
        item = OpenItem(row.id, row.position, row.section, row.question_id, Fraction(row.points))
        found.setdefault(row.paper_id, []).append(item)
    return found
