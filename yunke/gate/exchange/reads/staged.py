"""The preview, a page at a time, at the cost of two questions however long the file is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from yunke.gate.exchange.models import Import
from yunke.gate.exchange.reads.folder import store_read
from yunke.gate.exchange.values import Act, Shown, Wrong

SIZE = 50
WRONG = "file, line, col, code, value, other"


@dataclass(frozen=True)
class Lines:
    rows: list[Shown]
    wrongs: list[Wrong]
    number: int
    more: bool


def lines_of(row: Import, *, act: str = "", thing: str = "", page: int = 1) -> Lines:
    """Lines of the preview; wrong ones have a shape of their own. Empty when it is put away."""
    store = store_read(row.id, row.reading)
    if store is None:
        return Lines([], [], 1, False)
    try:
        page = max(1, page)
        start = (page - 1) * SIZE
        if act == Act.WRONG:
            found = store.execute(
                f"SELECT {WRONG} FROM wrong ORDER BY file, line, seq LIMIT ? OFFSET ?",  # noqa: S608
                (SIZE + 1, start),
            ).fetchall()
            return Lines([], [Wrong(*one) for one in found[:SIZE]], page, len(found) > SIZE)
        where, told = _where(act, thing)
        found = store.execute(
            f"SELECT * FROM shown {where} ORDER BY seq LIMIT ? OFFSET ?",  # noqa: S608
            (*told, SIZE + 1, start),
        ).fetchall()
    finally:
        store.close()
    return Lines([_shown(one) for one in found[:SIZE]], [], page, len(found) > SIZE)


def wrongs_of(row: Import) -> Iterator[Wrong]:
    """Everything that is wrong, for the list to download."""
    store = store_read(row.id, row.reading)
    if store is None:
        return
    try:
        for one in store.execute(f"SELECT {WRONG} FROM wrong ORDER BY file, line, seq"):  # noqa: S608
            yield Wrong(*one)
    finally:
        store.close()


def _where(act: str, thing: str) -> tuple[str, list[str]]:
    """What does not change is shown only to who asks for it."""
    where = "WHERE act = ?" if act else "WHERE act <> ?"
    told = [act or Act.SAME.value]
    return (f"{where} AND thing = ?", [*told, thing]) if thing else (where, told)


def _shown(row: object) -> Shown:
    told = dict(row)  # type: ignore[call-overload]
    source = told["source"] if not told["source"].startswith("-") else ""
    return Shown(
        told["seq"], told["thing"], told["act"], told["name"], source, told["place"],
        json.loads(told["what"]) if told["what"] else [], told["file"], told["line"],
    )  # fmt: skip
