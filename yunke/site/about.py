"""The public page of what this site can do and cannot, made from the running code."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.capability import (
    CAPABILITIES,
    PROFILE_NAMES,
    PROFILES,
    SHOWN,
    Capability,
    Term,
    Terms,
    is_stricter,
)
from yunke.base.pages import Asked, open_page, page
from yunke.ground.audit.door import SecondView
from yunke.ground.consent.door import (
    loosening_waiting,
    profile_loosen_ask,
    profile_loosen_decide,
    profile_sign,
    switches_in,
)
from yunke.ground.people.door import city_id, names_of
from yunke.site.existing import Existing, existing_all
from yunke.site.profile import profile_line, profile_note

# What is never done, and the tests that would turn red if it were.
NEVER: dict[str, tuple[str, ...]] = {
    "face_id": (
        "yunke/checks/tests/test_never.py::test_no_library_knows_people_by_their_faces",
        "yunke/checks/tests/test_never.py::test_no_table_could_hold_a_face",
    ),
    "ranking": ("yunke/checks/tests/test_never.py::test_nobody_is_put_in_an_order_of_merit",),
    "proctoring": (
        "yunke/checks/tests/test_never.py::test_a_camera_looks_at_paper_or_at_the_teacher",
    ),
}
ICONS = {
    Term.CONSENT: "hand", Term.GROUPS: "users", Term.OWNER: "user", Term.DEVICE: "tablet",
    Term.TEACHER: "presentation", Term.PERSON: "user-check", Term.COUNTS: "hash",
    Term.SEALED: "lock-keyhole",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One capability under one profile, as the table draws it."""

    profile: str
    terms: Terms
    here: bool

    @property
    def off(self) -> bool:
        return self.terms is None

    @property
    def signs(self) -> list[tuple[str, str]]:
        return [(term.value, ICONS[term]) for term in Term if term in (self.terms or ())]


@dataclass(frozen=True)
class Row:
    of: Capability
    cells: tuple[Cell, ...]
    own: Cell
    proofs: tuple[str, ...] = ()
    there: Existing | None = None

    @property
    def built(self) -> bool:
        """Is something of it in this house?"""
        return self.there is not None and not self.there.nothing


def rows_of(profile: str) -> list[Row]:
    """Every capability with what exists of it now."""
    found = existing_all(CAPABILITIES)
    rows = []
    for of in CAPABILITIES:
        cells = tuple(Cell(name, of.under(name), name == profile) for name in SHOWN)
        own = next(cell for cell in cells if cell.here)
        there = found.get(of.key, Existing() if own.off else None)
        rows.append(Row(of, cells, own, NEVER.get(of.key, ()), there))
    return rows


@require_GET
@open_page("everybody may know what the site can do and cannot")
def about(request: Asked) -> HttpResponse:
    rows = rows_of(settings.PROFILE)
    return render(
        request,
        "site/about.html",
        {
            "line": profile_line(),
            "profiles": [(key, PROFILE_NAMES[key], key == settings.PROFILE) for key in SHOWN],
            "rows": rows,
            "off": [row for row in rows if row.own.off and not row.of.never],
            "never": [row for row in rows if row.of.never],
            "models": models_known(),
            "switches": switches_in(settings.PROFILE),
            "terms": [(term.value, ICONS[term]) for term in Term],
        },
    )


def models_known() -> list[str]:
    """The models that may be loaded, by their registry; none today."""
    registry = Path(settings.DATA) / "models" / "registry.json"
    return sorted(json.loads(registry.read_text())) if registry.is_file() else []


@require_GET
@page("profile.choose")
def choose(request: Asked) -> HttpResponse:
    """Sign the profile, ask for a looser one, agree to what somebody else asked for."""
    return render(request, "site/profile.html", _chosen_shown(request))


def _chosen_shown(request: Asked) -> dict[str, Any]:
    waiting = loosening_waiting()
    asker = names_of([waiting.asked_by]).get(waiting.asked_by) if waiting else None
    own = settings.PROFILE
    return {
        "line": profile_line(),
        "looser": [(k, PROFILE_NAMES[k]) for k in SHOWN if is_stricter(own, than=k)],
        "stricter": [(k, PROFILE_NAMES[k]) for k in SHOWN if is_stricter(k, than=own)],
        "waiting": waiting,
        "asker": asker,
        "wanted": PROFILE_NAMES[_wanted(waiting)] if waiting else None,
        "mine": waiting is not None and waiting.asked_by == request.who.id,
    }


def _wanted(waiting: SecondView) -> str:
    return PROFILES[int(waiting.about["profile"])]


@require_POST
@page("profile.choose")
def sign(request: Asked) -> HttpResponse:
    profile_sign(who_id=request.who.id, name=request.who.name)
    profile_note()
    messages.success(request, _("署名了，每一页的页脚都看得到。"))
    return HttpResponseRedirect("/about-this-site/profile", status=303)


# Both are once by themselves: one request waits at a time, and it is decided once.
@require_POST
@page("profile.choose", replay=False)
def loosen(request: Asked) -> HttpResponse:
    profile_loosen_ask(
        who_id=request.who.id,
        city_id=city_id(),
        profile=request.POST.get("profile", ""),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("提出了。要另一位同事七天内同意，现在什么都没有变。"))
    return HttpResponseRedirect("/about-this-site/profile", status=303)


@require_POST
@page("profile.choose", replay=False)
def decide(request: Asked) -> HttpResponse:
    waiting = loosening_waiting()
    if waiting is None:
        raise Http404
    given = request.POST.get("decision") == "given"
    asker = names_of([waiting.asked_by]).get(waiting.asked_by)
    profile_loosen_decide(
        asked=waiting,
        who_id=request.who.id,
        name=request.who.name,
        given=given,
        reason=request.POST.get("reason", ""),
        asker=asker.name if asker else "",
    )
    told = _("同意了。下次用这个配置开门时生效。") if given else _("没有同意，什么都没有变。")
    messages.success(request, told)
    return HttpResponseRedirect("/about-this-site/profile", status=303)


urlpatterns = [
    path("about-this-site", about, name="about_site"),
    path("about-this-site/profile", choose, name="profile"),
    path("about-this-site/profile/sign", sign, name="profile_sign"),
    path("about-this-site/profile/loosen", loosen, name="profile_loosen"),
    path("about-this-site/profile/decide", decide, name="profile_decide"),
]
