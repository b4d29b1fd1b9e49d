"""Papers: written by their makers, seen by nobody else before they open."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yunke.base.pages import Asked, page
from yunke.craft.marking.items import item_from_json
from yunke.ground.people.door import Who, colleagues, names_of
from yunke.school.exams.actions.papers import (
    maker_add,
    maker_drop,
    paper_begin,
    paper_change,
    paper_retire,
)
from yunke.school.exams.forms.exams import line_typed, numbers, plain, points_typed, whole
from yunke.school.exams.reads.papers import paper_full, papers_of
from yunke.school.exams.rules.making import grades_made
from yunke.school.exams.rules.papers import (
    added,
    lacks,
    moved,
    pointed,
    removed,
    with_section,
)
from yunke.school.exams.rules.writing import KINDS
from yunke.school.exams.values.papers import PaperBody, PaperFull, PaperLine, Section
from yunke.school.library.door import SUBJECT_NAMES, asked_from, asked_of, question_lines


@require_http_methods(["GET", "POST"])
@page("paper.write")
def papers_page(request: Asked) -> HttpResponse:
    """One's own papers; a new one is begun with subject and grade."""
    who: Who = request.who
    if request.method == "POST":
        return _begun(request, who)
    makes = _makes(who)
    grades = sorted({grade for some in makes.values() for grade in some})
    return render(
        request, "exams/papers.html", {"papers": papers_of(who), "makes": makes, "grades": grades}
    )


def _makes(who: Who) -> dict[str, list[int]]:
    """Subject → grades of the papers that one makes."""
    found = {subject: grades_made(who.grants, subject) for subject in SUBJECT_NAMES}
    return {subject: grades for subject, grades in found.items() if grades}


def _begun(request: Asked, who: Who) -> HttpResponse:
    makes, subject = _makes(who), request.POST.get("subject", "")
    if subject not in SUBJECT_NAMES:
        subject = next(iter(makes), "")
    grade = whole(request.POST.get("grade"), 1, 12) or next(iter(makes.get(subject, [])), 0)
    school = next((g.place.school for g in who.grants if g.place.school), 0)
    body = PaperBody(plain(request.POST.get("title"), 80), sections=(Section(_("第一部分")),))
    number = paper_begin(who=who, subject=subject, grade=grade, school_id=school, body=body)
    return HttpResponseRedirect(f"/exams/papers/{number}", status=303)


@require_GET
@page("paper.write")
def paper_page(request: Asked, paper_id: int) -> HttpResponse:
    paper = _paper(request.who, paper_id)
    asked = asked_of([line.question_id for line in paper.body.lines if line.question_id])
    lines = [
        {
            "position": n, "points": line.points, "section": line.section,
            "own": line.item is not None,
            "asked": asked_from(item_from_json(line.item), 0) if line.item
            else asked.get(line.question_id),
        }
        for n, line in enumerate(paper.body.lines, 1)
    ]  # fmt: skip
    sections = [
        {"number": n, "section": one, "lines": [x for x in lines if x["section"] == n]}
        for n, one in enumerate(paper.body.sections)
    ]
    names = names_of([*paper.makers, paper.author_id])
    return render(
        request, "exams/paper.html",
        {
            "paper": paper, "body": paper.body, "sections": sections, "kinds": KINDS,
            "mine": paper.author_id == request.who.id, "lacks": lacks(paper.body),
            "makers": [names[m] for m in paper.makers if m in names],
            "colleagues": _colleagues(request.who, paper),
        },
    )  # fmt: skip


def _colleagues(who: Who, paper: PaperFull) -> list[object]:
    if paper.author_id != who.id or not paper.school_id:
        return []
    there = {paper.author_id, *paper.makers}
    return [one for one in colleagues(paper.school_id) if one.id not in there]


@require_POST
@page("paper.write")
def paper_changed(request: Asked, paper_id: int) -> HttpResponse:
    """One change of the paper: ``do`` says which. A version that is too old is refused."""
    who, data = request.who, request.POST
    _paper(who, paper_id)
    version = whole(data.get("version"), 1, 10**8) or 0
    position = whole(data.get("position"), 1, 200) or 0
    match data.get("do", ""):
        case "head":
            title, english = plain(data.get("title"), 80), plain(data.get("title_en"), 120)
            note = plain(data.get("note"), 600)
            change = lambda b: _with_head(b, title, english, note)  # noqa: E731
        case "section":
            name = plain(data.get("name"), 60) or _("下一部分")
            change = lambda b: with_section(b, name)  # noqa: E731
        case "write":
            line = line_typed(data)
            change = lambda b: added(b, line)  # noqa: E731
        case "pick":
            picked = _picked(request)
            change = lambda b: added(b, *picked)  # noqa: E731
        case "points":
            worth = points_typed(data.get("points"))
            change = lambda b: pointed(b, position, worth)  # noqa: E731
        case "up" | "down" as way:
            by = -1 if way == "up" else 1
            change = lambda b: moved(b, position, by)  # noqa: E731
        case "remove":
            change = lambda b: removed(b, position)  # noqa: E731
        case _:
            raise Http404
    paper_change(who=who, paper_id=paper_id, version=version, change=change)
    return HttpResponseRedirect(f"/exams/papers/{paper_id}", status=303)


def _with_head(body: PaperBody, title: str, title_en: str, note: str) -> PaperBody:
    return PaperBody(title, title_en, note, body.sections, body.lines)


def _picked(request: Asked) -> list[PaperLine]:
    """Questions that this teacher finds in the library, each worth its own or what was typed."""
    ids = numbers(request.POST.getlist("question"))[:60]
    known = asked_of([line.id for line in question_lines(request.who, ids)])
    section = whole(request.POST.get("section"), 0, 11) or 0
    typed = request.POST.get("points", "")
    return [
        PaperLine(section, points_typed(typed or known[one].points), question_id=one)
        for one in dict.fromkeys(ids)
        if one in known
    ]


@require_POST
@page("paper.write")
def paper_makers(request: Asked, paper_id: int) -> HttpResponse:
    _paper(request.who, paper_id)
    person = whole(request.POST.get("person"), 1, 10**9) or 0
    if request.POST.get("do") == "drop":
        maker_drop(who=request.who, paper_id=paper_id, person_id=person)
    else:
        maker_add(who=request.who, paper_id=paper_id, person_id=person)
        messages.success(request, _("请来了一位同事一起出卷。"))
    return HttpResponseRedirect(f"/exams/papers/{paper_id}", status=303)


@require_POST
@page("paper.write")
def paper_retired(request: Asked, paper_id: int) -> HttpResponse:
    _paper(request.who, paper_id)
    paper_retire(who=request.who, paper_id=paper_id)
    messages.success(request, _("试卷收起来了。"))
    return HttpResponseRedirect("/exams/papers", status=303)


def _paper(who: Who, paper_id: int) -> PaperFull:
    found = paper_full(who, paper_id)
    if found is None:
        raise Http404
    return found
