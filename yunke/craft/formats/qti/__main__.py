"""``python -m yunke.craft.formats.qti IN.zip --out DIR [--version 2.1|2.2|3.0]``

Reads a QTI package: one JSON line per item with what was understood and what was not, by file and
line, then one line for the package. Writes it out again to ``DIR/qti.zip`` (3.0 unless told
otherwise), reads that, and says per item whether the two mean the same. Exit 2 and one line of
reason for a file that is no package or has no item in it.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from yunke.craft.formats.qti.exchange import line_of
from yunke.craft.formats.qti.faults import SENTENCES, sentence
from yunke.craft.formats.qti.pack import Media, write_package
from yunke.craft.formats.qti.package import LIMITS, Package, read_package
from yunke.craft.formats.qti.values import Version
from yunke.craft.formats.qti.xml import NAMESPACES
from yunke.craft.formats.zips import ZipRefused, zip_open


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="yunke.craft.formats.qti")
    asked.add_argument("package", type=Path)
    asked.add_argument("--out", required=True, type=Path)
    asked.add_argument("--version", choices=[one.value for one in NAMESPACES], default="3.0")
    told = asked.parse_args(words)
    try:
        with told.package.open("rb") as file:
            return _through(file, told.out, Version(told.version))
    except ZipRefused as refused:
        name = f" ({refused.name[:80]})" if refused.name else ""
        return _refuse(f"{SENTENCES.get(refused.code, refused.code)}{name}")
    except OSError as trouble:
        return _refuse(str(trouble))


def _through(file: IO[bytes], out: Path, version: Version) -> int:
    found = read_package(file)
    if not found.items:
        first = found.faults[0] if found.faults else None
        where = f"{first.file} line {first.line}: " if first and first.file else ""
        return _refuse(where + (sentence(first) if first else SENTENCES["empty"]))
    out.mkdir(parents=True, exist_ok=True)
    again = _out_and_in(found, file, out / "qti.zip", version)
    meant = {one.item.id: one.item for one in again.items}
    for one in found.items:
        same = meant.get(one.item.id) == one.item
        print(json.dumps(line_of(one) | {"round_trip": same}, ensure_ascii=False))
    print(json.dumps(_summary(found), ensure_ascii=False))
    return 0


def _out_and_in(found: Package, file: IO[bytes], path: Path, version: Version) -> Package:
    """Writes the package and reads it again."""
    with zip_open(file, LIMITS) as archive, path.open("wb") as out:
        write_package([one.item for one in found.items], version, out, _media(archive))
    with path.open("rb") as written:
        return read_package(written)


def _media(archive: ZipFile) -> Media:
    entries = {entry.filename.replace("\\", "/"): entry for entry in archive.infolist()}

    def opened(name: str) -> IO[bytes] | None:
        return archive.open(entries[name]) if name in entries else None

    return opened


def _summary(found: Package) -> dict[str, object]:
    return {
        "items": len(found.items),
        "papers": [
            {"identifier": p.id, "title": p.title, "items": len(p.files)} for p in found.papers
        ],
        "not_understood": [
            {"file": fault.file, "line": fault.line, "code": fault.code, "what": sentence(fault)}
            for fault in found.faults
        ],
    }


def _refuse(reason: str) -> int:
    print(reason.replace("\n", " "), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
