"""The rosters of the demo school: last term's, which is in, and one that waits to be looked at."""

from django.db import transaction

from yunke.craft.formats.sheet import sheet_csv
from yunke.demo.city import City
from yunke.gate.exchange.actions.forget import files_forget
from yunke.gate.exchange.actions.stage import stage
from yunke.gate.exchange.actions.upload import import_begin, import_write_ask
from yunke.gate.exchange.actions.write import Comparison, write
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.roster import LIST_HEADER, list_rows, school_roster
from yunke.gate.exchange.rules.titles import subject_names
from yunke.gate.exchange.values import State

SCHOOL = "yinxing"
NEW = ("陆知夏", "秦望舒", "𠮷田一", "欧阳昇")


def roster_wait(city: City) -> int:
    """A list that is in, and the next, uploaded once as the school's clerk would; the worker reads
    it: a few pupils come, one goes, one was misspelt. Gives how many rows wait."""
    school, clerk = city.schools[SCHOOL], city.cast["school"]
    if Import.objects.filter(org_id=school).exists():
        return 0
    roster = school_roster(school)
    rows = list(list_rows(roster, subject_names()))
    _bring(_upload(school, clerk, "银杏路小学 名册.csv", rows), clerk)
    pupils = [index for index, row in enumerate(rows) if row[5] == "学生"]
    rows[pupils[7]][3] += "然"
    del rows[pupils[40]]
    for number, name in enumerate(NEW):
        told = [roster.name, "1", "2", name, f"G33010220200101{number:04}", "学生", "", "", ""]
        rows.append(told)
    _upload(school, clerk, "银杏路小学 秋季名册.csv", rows)
    return len(rows)


def _upload(school: int, clerk: int, name: str, rows: list[list[str]]) -> int:
    chunks = sheet_csv(LIST_HEADER, rows)
    return import_begin(who_id=clerk, org_id=school, name=name, chunks=chunks)


def _bring(number: int, clerk: int) -> None:
    """What the worker does, at once: read it, and write it after the clerk's yes."""
    row = Import.objects.get(id=number)
    found = stage(row, tell=lambda name, share: None)
    Import.objects.filter(id=number).update(state=State.READ, **found)
    import_write_ask(import_id=number, who_id=clerk)
    row.refresh_from_db()
    comparison = Comparison(row)
    with transaction.atomic():
        write(row, comparison, who_id=clerk)
    comparison.db.close()
    files_forget(number)
