"""A OneRoster bundle: CSV files in a zip, with the manifest that says what is in it."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from yunke.craft.formats.oneroster.values import (
    ABSENT,
    BULK,
    FILES,
    LEFT,
    SUBJECT_COLUMN,
    VERSIONS,
)
from yunke.craft.formats.sheet.write import neutral

_HEAD = ("sourcedId", "status", "dateLastModified")
_SAME: dict[str, tuple[str, ...]] = {
    "orgs": (*_HEAD, "name", "type", "identifier", "parentSourcedId"),
    "academicSessions": (
        *_HEAD, "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear",
    ),
    "courses": (
        *_HEAD, "schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId",
        "subjects", "subjectCodes",
    ),
    "classes": (
        *_HEAD, "title", "grades", "courseSourcedId", "classCode", "classType", "location",
        "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods",
    ),
    "enrollments": (
        *_HEAD, "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary",
        "beginDate", "endDate", SUBJECT_COLUMN,
    ),
}  # fmt: skip
_USERS_11 = (
    *_HEAD, "enabledUser", "orgSourcedIds", "role", "username", "userIds", "givenName",
    "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds",
    "grades", "password",
)  # fmt: skip
_USERS_12 = (
    *_HEAD, "enabledUser", "username", "userIds", "givenName", "familyName", "middleName",
    "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
    "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName", "preferredMiddleName",
    "preferredFamilyName", "primaryOrgSourcedId", "pronouns",
)  # fmt: skip
_ROLES = (
    *_HEAD, "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId",
    "userProfileSourcedId",
)  # fmt: skip
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "1.1": {**_SAME, "users": _USERS_11},
    "1.2": {**_SAME, "users": _USERS_12, "roles": _ROLES},
}
Row = Mapping[str, str]


def bundle_write(
    file: IO[bytes],
    parts: Mapping[str, Iterable[Row]],
    *,
    version: str = "1.2",
    mode: str = BULK,
    system: str = "Yunke",
    ending: str = "\r\n",
) -> dict[str, int]:
    """Write the zip, a row in memory at a time; gives how many rows each file holds.

    ``parts``: file name → rows as ``{column: text}``; columns that a row does not name are empty.
    Raises KeyError for a file that this version does not know.
    """
    known = COLUMNS[version]
    counts = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        told = manifest_rows(version, parts, mode, system)
        counts["manifest"] = _part(archive, "manifest", ("propertyName", "value"), told, ending)
        for name in FILES:
            if name in parts:
                counts[name] = _part(archive, name, known[name], parts[name], ending)
    return counts


def manifest_rows(
    version: str, parts: Mapping[str, object], mode: str, system: str
) -> list[dict[str, str]]:
    """The manifest's lines: every file of the standard, named or absent."""
    if version not in VERSIONS:
        raise KeyError(version)
    files = sorted({*FILES, *LEFT} if version == "1.2" else {*FILES, *LEFT} - {"roles"})
    told = {"manifest.version": "1.0", "oneroster.version": version}
    told |= {f"file.{name}": mode if name in parts else ABSENT for name in files}
    told |= {"source.systemName": system, "source.systemCode": "yunke"}
    return [{"propertyName": name, "value": value} for name, value in told.items()]


def _part(
    archive: zipfile.ZipFile, name: str, columns: Sequence[str], rows: Iterable[Row], ending: str
) -> int:
    count = 0
    with (
        archive.open(f"{name}.csv", "w", force_zip64=False) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
    ):
        writer = csv.writer(text, lineterminator=ending)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([neutral(row.get(column, "")) for column in columns])
            count += 1
    return count
