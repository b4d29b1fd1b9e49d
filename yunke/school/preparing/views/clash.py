"""The same place written twice at once: both texts side by side, field by field."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from yunke.base.pages import Asked
from yunke.craft.texts.difference import difference
from yunke.school.preparing.reads.history import words_of
from yunke.school.preparing.reads.work import Work
from yunke.school.preparing.rules import Clash
from yunke.school.preparing.views.words import field_name


def conflict(request: Asked, found: Work, clash: Clash) -> HttpResponse:
    """Either can be kept, for each field; nothing was overwritten and nothing is lost."""
    context = {
        "lesson": found.row,
        "mine": clash.mine,
        "was": json.dumps(clash.kept.as_json(), ensure_ascii=False),
        "choices": [_choice(name, clash) for name in clash.fields],
        "by": found.version.made_by.name if found.version and found.version.made_by else "",
        "why": request.POST.get("why", ""),
        "label": request.POST.get("label", ""),
    }
    return render(request, "preparing/conflict.html", context, status=409)


def _choice(name: str, clash: Clash) -> dict[str, Any]:
    mine, kept = words_of(name, clash.mine), words_of(name, clash.kept)
    return {
        "field": name,
        "name": field_name(name),
        "mine": mine,
        "kept": kept,
        "pieces": difference(kept, mine),
    }
