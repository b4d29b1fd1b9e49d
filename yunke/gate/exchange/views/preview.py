"""What the pages of one import show: counts with pictures, lines, second person, receipt."""

from typing import Any

from django.utils.translation import gettext as _

from yunke.base.pages import Asked
from yunke.base.paging import page_number
from yunke.gate.exchange.actions.undo import may_undo
from yunke.gate.exchange.actions.upload import second_due
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.staged import lines_of
from yunke.gate.exchange.values import ACTS, THINGS, Act
from yunke.gate.exchange.views import words
from yunke.ground.audit.door import second_of
from yunke.ground.people.door import allowed, names_of, org_places

DECIDE = "second.decide"


def preview(request: Asked, row: Import) -> dict[str, Any]:
    act, thing = request.GET.get("act", ""), request.GET.get("thing", "")
    wrong = row.counts.get("all", {}).get("wrong", 0)
    if act not in set(Act):
        act = Act.WRONG.value if wrong else ""
    thing = thing if thing in set(THINGS) and act != Act.WRONG else ""
    lines = lines_of(row, act=act, thing=thing, page=page_number(request.GET.get("page", "")))
    second = second_due(row)
    changes = sum(
        many for of in THINGS for kind, many in row.counts.get(of, {}).items() if kind != Act.SAME
    ) + sum(row.counts.get("tie", {}).get(kind, 0) for kind in ("new", "again", "gone"))
    terms = row.told.get("terms_new", [])
    return {
        "tiles": _tiles(row, act), "bars": _bars(row), "act": act, "thing": thing,
        "things": [(of.value, *words.thing_words()[of]) for of in THINGS if of in row.counts],
        "lines": [words.shown_line(line) for line in lines.rows],
        "wrongs": [
            {"w": one, "text": words.wrong_text(one), "column": words.column_text(one)}
            for one in lines.wrongs
        ],
        "found": lines, "pages_query": f"act={act}&thing={thing}", "wrong": wrong,
        "findings": [{"f": one, "words": words.finding_text(one)} for one in row.findings],
        "changes": changes + len(terms), "terms": terms, "second_due": second,
        **(_second(request, row) if second else {}), **_columns(row),
        "acts": words.act_words(),
    }  # fmt: skip


def _second(request: Asked, row: Import) -> dict[str, Any]:
    view = second_of(row.second_id) if row.second_id else None
    place = org_places([row.org_id])[row.org_id]
    people = names_of([view.asked_by, view.decided_by]) if view else {}
    return {
        "second": view,
        "asked_by": people.get(view.asked_by) if view else None,
        "decided_by": people.get(view.decided_by) if view else None,
        "mine": bool(view) and view.asked_by == request.who.id,  # type: ignore[union-attr]
        "may_decide": bool(view)
        and view.asked_by != request.who.id  # type: ignore[union-attr]
        and allowed(request.who, DECIDE, place),
    }


def _tiles(row: Import, current: str) -> list[dict[str, Any]]:
    """The five counts of people, places included, each a filter."""
    told = words.act_words()
    tiles = []
    for act in ACTS:
        many = (
            row.counts.get("all", {}).get("wrong", 0) if act == Act.WRONG
            else sum(row.counts.get(of, {}).get(act, 0) for of in THINGS)
        )  # fmt: skip
        name, icon, kind = told[act]
        tiles.append(
            {"act": act.value, "count": many, "name": name, "icon": icon, "kind": kind,
             "here": act.value == current}
        )  # fmt: skip
    return tiles


def _bars(row: Import) -> list[dict[str, Any]]:
    """Each kind of row as a bar of its shares, drawn by the server in SVG of 1000 units."""
    bars = []
    for of in THINGS:
        counts = row.counts.get(of, {})
        whole = sum(counts.values())
        if not whole:
            continue
        parts, x = [], 0.0
        for act in (Act.SAME, Act.NEW, Act.CHANGED, Act.GONE):
            many = counts.get(act, 0)
            width = 1000 * many / whole
            if many:
                parts.append({"act": act.value, "x": round(x, 1), "width": round(max(width, 4), 1),
                              "count": many})  # fmt: skip
            x += width
        name, icon = words.thing_words()[of]
        bars.append({"name": name, "icon": icon, "parts": parts, "whole": whole})
    return bars


def _columns(row: Import) -> dict[str, Any]:
    """A plain list's columns as they were guessed, to correct."""
    told = row.told.get("columns")
    if not told:
        return {}
    names = column_choices()
    samples = row.told.get("sample", [])
    return {
        "columns": [
            {
                "index": index, "name": name, "is": column,
                "samples": [line[index] for line in samples if index < len(line)],
            }
            for index, (name, column) in enumerate(told)
        ],
        "choices": names,
        "missing": [words.column_words()[one] for one in row.told.get("missing", [])],
    }  # fmt: skip


def column_choices() -> list[tuple[str, str]]:
    return list(words.column_words().items())


def ended(row: Import) -> dict[str, Any]:
    told = words.written_words()
    undone = words.undone_words()
    counts = row.undone.get("counts", {})
    return {
        "written": [(told.get(name, name), many) for name, many in row.written.items()],
        "may_undo": may_undo(row),
        "undone_counts": [(undone.get(name, name), many) for name, many in counts.items() if many],
        "kept": _kept(row),
    }


def _kept(row: Import) -> list[tuple[str, str]]:
    """What undoing left as it is, and why."""
    rows = row.undone.get("kept", [])[:100]
    people = names_of(person for _table, _row, person, _why in rows if person)
    reasons = {
        "used": _("已经有人在用（发过登录卡、密码或邀请，或班里有人），留着没动"),
        "changed": _("之后又有人改过，留着现在的样子"),
        "gone": _("已经不在了"),
        "stands": _("已经排了课表或进度，留着没动"),
    }
    things = words.thing_words()
    found = []
    for table, _number, person, why in rows:
        name = people[person].name if person in people else things.get(table, (_("班级"),))[0]
        found.append((name, reasons.get(why, why)))
    return found
