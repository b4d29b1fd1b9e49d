"""Figures to take away: CSV, Excel, JSON, Parquet, each with its definition inside.

Exactly what the page reads, day by day; whoever runs the page's queries on it gets the page's
numbers. Taking them away leaves a line in the audit.
"""

import io
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.craft.crowd import SCREEN
from yunke.craft.formats.sheet import sheet_csv, sheet_xlsx
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.people.door import Who
from yunke.insight.screen.models import ReleasedDay
from yunke.insight.screen.reads.figures import day_rows
from yunke.insight.screen.reads.reach import names_below
from yunke.insight.screen.rules.queries import QUERIES
from yunke.insight.screen.values import MORNING, DayFigure, Level, Span, UnitOf

HOURS = tuple(f"h{hour:02d}_{end}" for hour in MORNING for end in ("low", "high"))
COLUMNS: dict[str, str] = {
    "day": "DATE", "at_school": "BOOLEAN", "own": "BOOLEAN", "level": "VARCHAR",
    "unit": "BIGINT", "name": "VARCHAR", "name_en": "VARCHAR", "grade": "INTEGER",
    "enrolled": "INTEGER", "took_low": "INTEGER", "took_high": "INTEGER",
    "city_low": "INTEGER", "city_high": "INTEGER", "visits": "INTEGER", "minutes": "INTEGER",
    "hidden": "VARCHAR", **dict.fromkeys(HOURS, "INTEGER"),
}  # fmt: skip
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
Row = dict[str, Any]


@transaction.atomic
def figures_export(who: Who, unit: UnitOf, span: Span, format: str) -> bytes:
    """The figures of a unit and its parts over the span. ``format``: one of ``KINDS``.

    The caller has looked whether the unit is ``who``'s to see. Five queries.
    """
    rows = rows_of(unit, span)
    about = about_of(unit, span)
    audit_record(
        actor_id=who.id, act=Act.DATA_EXPORTED, object_kind="figures", object_id=unit.org_id,
        school_id=unit.org_id if unit.level in {Level.SCHOOL, Level.GRADE} else 0,
        detail={"span": span.key, "format": format, "rows": len(rows)},
    )  # fmt: skip
    return WRITERS[format](rows, about)


def rows_of(unit: UnitOf, span: Span) -> list[Row]:
    """One row per unit and day, as they were released. Three queries."""
    figures = day_rows(unit, span)
    names = names_below([figure.unit.org_id for figure in figures])
    days = dict(
        ReleasedDay.objects.filter(day__range=(span.first, span.last)).values_list(
            "day", "at_school"
        )
    )
    return [_row(figure, unit, names, days) for figure in figures]


def about_of(unit: UnitOf, span: Span) -> dict[str, Any]:
    """What a reader needs to know: definitions, queries, rule, span, age, check sums. One query."""
    marks = ReleasedDay.objects.filter(day__range=(span.first, span.last)).order_by("day")
    return {
        "title": _("参与情况"),
        "unit": f"{unit.level.value} {unit.org_id} {unit.grade or ''}".strip(),
        "span": f"{span.first} – {span.last}",
        "written_at": now().isoformat(timespec="seconds"),
        "enrolled": _("周一冻结的名册上的学生"),
        "took": _("其中当天至少做了一件学习的事的人；给最少和最多"),
        "city": _("其中当天用了面向全市的课的人；给最少和最多"),
        "visits": _("登录、打开课或课后包的次数，一个人一天最多 50 次，四舍五入到十次"),
        "minutes": _("第一次看到的课的分钟，一个人一天最多 240，四舍五入到六十"),
        "hours": _("早上每个钟头里学习的人；给最少和最多"),
        "hidden": _("small：不足 %(k)d 人；beside：为旁边人少的一组") % {"k": SCREEN.k},
        "rule": _("不足 %(k)d 人的一组不显示；人数至少有 %(w)d 个可能的值；公布后不再改")
        % {"k": SCREEN.k, "w": SCREEN.width},
        "queries": QUERIES,
        "released": {f"{m.day}": m.made_at.isoformat(timespec="seconds") for m in marks},
        "events": {f"{m.day}": m.events for m in marks},
        "sha256": {f"{m.day}": m.digest for m in marks},
    }  # fmt: skip


def _row(figure: DayFigure, own: UnitOf, names: Any, days: Any) -> Row:
    name = names.get(figure.unit.org_id)
    took, city = figure.took or (None, None), figure.city or (None, None)
    hours = [end for pair in figure.hours for end in pair] if figure.hours else [None] * len(HOURS)
    return {
        "day": figure.day.isoformat(), "at_school": bool(days.get(figure.day)),
        "own": figure.unit == own, "level": figure.unit.level.value, "unit": figure.unit.org_id,
        "name": name.name if name else "", "name_en": name.name_en if name else "",
        "grade": figure.unit.grade, "enrolled": figure.enrolled,
        "took_low": took[0], "took_high": took[1], "city_low": city[0], "city_high": city[1],
        "visits": figure.visits, "minutes": figure.minutes, "hidden": figure.hidden,
        **dict(zip(HOURS, hours, strict=True)),
    }  # fmt: skip


def _lines(rows: list[Row], about: dict[str, Any]) -> Iterable[list[Any]]:
    """The rows as a table, then what they mean, each line beginning with a #."""
    for row in rows:
        yield [int(value) if isinstance(value, bool) else value for value in row.values()]
    for name, value in about.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield [f"# {name}: {text}"]


def _csv(rows: list[Row], about: dict[str, Any]) -> bytes:
    return b"".join(sheet_csv(list(COLUMNS), _lines(rows, about)))


def _xlsx(rows: list[Row], about: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    sheet_xlsx(file, list(COLUMNS), _lines(rows, about), title=about["title"])
    return file.getvalue()


def _json(rows: list[Row], about: dict[str, Any]) -> bytes:
    return json.dumps({"about": about, "figures": rows}, ensure_ascii=False, indent=1).encode()


def _parquet(rows: list[Row], about: dict[str, Any]) -> bytes:
    """With ``about`` as the file's own metadata: ``parquet_kv_metadata`` of DuckDB shows it."""
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "rows.jsonl", Path(place) / "figures.parquet"
        source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        kinds = ", ".join(f"'{name}': '{kind}'" for name, kind in COLUMNS.items())
        told = json.dumps(about, ensure_ascii=False).replace("'", "''")
        with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as lake:
            # S608: our own columns and words; what people typed is in the rows.
            lake.execute(
                f"COPY (SELECT * FROM read_json('{source}', format='newline_delimited',"  # noqa: S608
                f" columns={{{kinds}}})) TO '{target}'"
                f" (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{about: '{told}'}})"
            )
        return target.read_bytes()


WRITERS = {"csv": _csv, "xlsx": _xlsx, "json": _json, "parquet": _parquet}
