"""All pupils of a school, for who needs them all: two people agreed, capped, with its line."""

import io
import json
import os
import secrets
import zipfile
from datetime import timedelta
from typing import Any

from yunke.base.clock import now, today
from yunke.craft.formats.sheet import sheet_csv
from yunke.ground.people.door import pupils_of_school
from yunke.ground.privacy.actions.copies import KEPT_DAYS, copies_folder
from yunke.ground.privacy.actions.wishes import MOST_PUPILS
from yunke.ground.privacy.models import Wish

COLUMNS = ("number", "login", "name", "grade", "class", "since")


def bulk_write(wish: Wish) -> int:
    """Write the ZIP (CSV and JSON) and note it at the wish; gives the number of pupils."""
    ties = pupils_of_school(wish.school_id, today())[:MOST_PUPILS]
    rows: list[dict[str, Any]] = [
        {
            "number": tie.person_id, "login": tie.person.login, "name": tie.person.name,
            "grade": tie.school_class.grade, "class": tie.school_class.name,
            "since": tie.since.isoformat(),
        }
        for tie in ties
    ]  # fmt: skip
    folder = copies_folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{wish.id}-{secrets.token_urlsafe(16)}.zip"
    with zipfile.ZipFile(folder / f"{name}.part", "w", zipfile.ZIP_DEFLATED) as archive:
        pieces = sheet_csv(COLUMNS, ([row[column] for column in COLUMNS] for row in rows))
        archive.writestr("pupils.csv", b"".join(pieces))
        text = io.StringIO()
        json.dump(rows, text, ensure_ascii=False, indent=1)
        archive.writestr("pupils.json", text.getvalue())
        archive.writestr("about.json", json.dumps(_about(wish, len(rows)), ensure_ascii=False))
    os.replace(folder / f"{name}.part", folder / name)
    Wish.objects.filter(id=wish.id).update(
        file=name, bytes=(folder / name).stat().st_size, receipt={"pupils": len(rows)},
        expires_at=now() + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    return len(rows)


def _about(wish: Wish, pupils: int) -> dict[str, Any]:
    """What the file is, inside the file."""
    return {
        "school": wish.school_id, "pupils": pupils, "reason": wish.reason,
        "asked_by": wish.asked_by, "agreed_by": wish.decided_by, "made_at": now().isoformat(),
        "columns": {
            "number": "the person's number on this site", "login": "the name to sign in with",
            "since": "the first day in the class",
        },
    }  # fmt: skip
