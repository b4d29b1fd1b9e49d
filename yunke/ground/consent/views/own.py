"""One's own switches and those of one's children: read, said in one tap, taken back in one tap."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.ground.consent.actions.answers import answer_record
from yunke.ground.consent.reads.shown import lines_of, shown_of, subject_of, wording_text
from yunke.ground.consent.rules.switches import switch_of
from yunke.ground.consent.values import Answer, Shown, Standing, Subject
from yunke.ground.people.door import Kind, PersonName, allowed, guardians_of, places_of


@dataclass(frozen=True)
class Spoken:
    """For whom the reader speaks here, and in which standing."""

    subject: Subject
    name: PersonName
    standing: Standing
    relation: str = ""

    @property
    def own(self) -> bool:
        return self.standing == Standing.SELF

    @property
    def small(self) -> bool:
        """A child that is asked in pictures."""
        return self.own and not self.subject.own_voice and not self.subject.alone

    @property
    def reads_only(self) -> bool:
        return not self.own and self.subject.alone


def spoken_for(request: Asked, person_id: int, right: str) -> Spoken:
    """Two or three queries. "Not found" for everybody who has no say here."""
    who = request.who
    if person_id == who.id:
        if who.kind == Kind.GUARDIAN:
            raise Http404
        subject = subject_of(who.id, is_staff=who.kind == Kind.STAFF, grade=who.grade)
        return Spoken(subject, PersonName(who.id, who.name, who.animal), Standing.SELF)
    child = next((one for one in who.children if one.id == person_id), None)
    place = places_of([person_id])[person_id]
    if child is None or not allowed(who, right, place):
        raise Http404
    relation = guardians_of([person_id]).get(person_id, {}).get(who.id, "")
    subject = subject_of(person_id, is_staff=False, grade=place.grade)
    return Spoken(subject, child, Standing.GUARDIAN, relation)


@require_GET
@page("consent.read")
def home(request: Asked) -> HttpResponse:
    who = request.who
    if who.kind == Kind.GUARDIAN or (who.children and who.kind != Kind.PUPIL):
        if not who.children:
            return render(request, "consent/nobody.html")
        return HttpResponseRedirect(f"/consent/{who.children[0].id}")
    return HttpResponseRedirect(f"/consent/{who.id}")


@require_GET
@page("consent.read")
def person(request: Asked, person_id: int) -> HttpResponse:
    spoken = spoken_for(request, person_id, "consent.read")
    shown = shown_of(spoken.subject, request.who.id)
    if spoken.small:
        return _assent(request, spoken, shown)
    begun = [s for s in shown if s.switch.begun]
    return render(
        request,
        "consent/person.html",
        {
            "spoken": spoken,
            "tabs": _tabs(request),
            "begun": begun,
            "later": [s for s in shown if not s.switch.begun],
            "on": sum(1 for s in shown if s.on),
        },
    )


def _tabs(request: Asked) -> list[PersonName]:
    who = request.who
    own = [] if who.kind == Kind.GUARDIAN else [PersonName(who.id, _("我自己"), who.animal)]
    return [*own, *who.children]


def _assent(request: Asked, spoken: Spoken, shown: list[Shown]) -> HttpResponse:
    """One question at a time, in pictures; then what was said, to change it."""
    asked = [s for s in shown if s.switch.begun and s.may]
    wanted = request.GET.get("ask", "")
    open_ones = [s for s in asked if s.mine is None and not s.switch.task]
    now = next((s for s in asked if s.switch.key == wanted), None)
    if now is None and "all" not in request.GET and open_ones:
        now = open_ones[0]
    if now is None:
        return render(request, "consent/assent_all.html", {"spoken": spoken, "asked": asked})
    number = asked.index(now) + 1
    return render(
        request,
        "consent/assent.html",
        {"spoken": spoken, "s": now, "asked": asked, "number": number},
    )


@require_GET
@page("consent.read")
def detail(request: Asked, person_id: int, key: str) -> HttpResponse:
    """One switch: its words, its history, on paper."""
    spoken = spoken_for(request, person_id, "consent.read")
    shown = _one(shown_of(spoken.subject, request.who.id), key)
    lines = lines_of(person_id, shown.switch, request.who.id)
    asked = request.GET.get("words", "")
    old = wording_text(asked) if any(line.wording == asked for line in lines) else ""
    return render(
        request,
        "consent/detail.html",
        {"spoken": spoken, "s": shown, "lines": lines, "old": old},
    )


def _one(shown: list[Shown], key: str) -> Shown:
    found = next((s for s in shown if s.switch.key == key), None)
    if found is None:
        raise Http404
    return found


TOLD = {
    Answer.GIVEN: gettext_lazy("记下了：同意。什么时候都可以收回。"),
    Answer.REFUSED: gettext_lazy("记下了：不同意。什么都不会少。"),
    Answer.WITHDRAWN: gettext_lazy("收回了，马上就算数。由它得来的数据会删掉。"),
    Answer.ASKING: gettext_lazy("记下了：你想先问问。没有人会催你。"),
}


@require_POST
@page("consent.write")
def answer(request: Asked, person_id: int, key: str) -> HttpResponse:
    spoken = spoken_for(request, person_id, "consent.write")
    switch = switch_of(key)
    said = request.POST.get("answer", "")
    version = request.POST.get("version", "")
    if switch is None or said not in set(Answer) or spoken.reads_only:
        raise Http404
    if said == Answer.ASKING and not spoken.small:
        raise Http404
    answer_record(
        by_id=request.who.id,
        subject=spoken.subject,
        switch=switch,
        answer=Answer(said),
        standing=spoken.standing,
        language=get_language() or "zh-hans",
        version=int(version) if version.isdecimal() and len(version) < 6 else 0,
        relation=spoken.relation,
    )
    messages.success(request, str(TOLD[Answer(said)]))
    target = f"/consent/{person_id}" if spoken.small else f"/consent/{person_id}#{key}"
    if spoken.small and request.POST.get("again"):
        target += "?all"
    return HttpResponseRedirect(target, status=303)
