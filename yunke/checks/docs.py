"""``./run docs``: reference pages written from the code, so that they cannot lie.

``./run docs`` writes them; ``./run check`` compares; ``./run docs pictures`` takes the README's
pictures of a running demo.
"""

import importlib
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import django

from yunke.checks.house.tree import ROOT, contracts, layer_names

REFERENCE = ROOT / "docs" / "reference"


def settings_page() -> str:
    from yunke.site.env import KNOBS  # noqa: PLC0415

    rows = {knob.name: knob for knob in KNOBS}
    lines = ["# Settings", "", "Read from the environment, once, in `yunke/site/settings.py`.", ""]
    lines += ["| name | default | what it does |", "|---|---|---|"]
    lines += [f"| `{k.name}` | `{k.default}` | {k.sentence} |" for k in rows.values()]
    return "\n".join(lines) + "\n"


def events_page() -> str:
    from yunke.ground.lake.door import Verb  # noqa: PLC0415

    lines = ["# Events", "", "Every act is one event, written in the transaction of its cause.", ""]
    lines += ["| event | name in the code |", "|---|---|"]
    lines += [f"| `{verb.value}` | `Verb.{verb.name}` |" for verb in Verb]
    return "\n".join(lines) + "\n"


def data_page() -> str:
    from yunke.ground.privacy.reads.map import tables  # noqa: PLC0415

    lines = ["# Data", "", "What each table holds about people: its `held` line. Export, erasure,"]
    lines += ["retention, the notices and `/privacy/kept` are made from the same lines.", ""]
    lines += ["| table | purpose | kept | since | whose | on erasure | never exported |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for model, held in tables():
        whose, secret = ", ".join(held.person), ", ".join(held.secret)
        since = held.since if held.keep.value not in ("account", "site") else ""
        erased = f"{held.erase.value} {', '.join(held.blank)}".strip() if held.person else ""
        lines.append(
            f"| `{model._meta.label}` | {held.purpose.value} | {held.keep.value} | {since} "
            f"| {whose} | {erased} | {secret} |"
        )
    return "\n".join(lines) + "\n"


def rights_page() -> str:
    from yunke.ground.people.door import RIGHTS, Role  # noqa: PLC0415

    lines = ["# Rights", "", "What is empty is denied. A word is how far the right reaches.", ""]
    lines += ["| right | " + " | ".join(role.value for role in Role) + " |"]
    lines += ["|---" * (len(Role) + 1) + "|"]
    for right, row in RIGHTS.items():
        cells = (row[role].value if role in row else "" for role in Role)
        lines.append(f"| `{right}` | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def pages_page() -> str:
    from yunke.checks.house.pages import views  # noqa: PLC0415

    lines = [
        "# Pages",
        "",
        "Every address, and who may open it.",
        "",
        "| address | right |",
        "|---|---|",
    ]
    for address, view in sorted(views(), key=lambda pair: pair[0]):
        right = getattr(view, "right", None)
        owner = f"`{right}`" if right else f"open: {getattr(view, 'open', '')}"
        lines.append(f"| `{address}` | {owner} |")
    return "\n".join(lines) + "\n"


def profiles_page() -> str:
    from yunke.base.capability import CAPABILITIES, PROFILE_NAMES, SHOWN, left_out  # noqa: PLC0415
    from yunke.ground.consent.door import switches_in  # noqa: PLC0415

    lines = ["# Legal profiles", "", "`YUNKE_PROFILE` chooses one; `./run demo --profile eu` shows"]
    lines += ["it. `off` is absent: no app, no address, no table, no module, no file. Terms: C a"]
    lines += ["separate consent and the child's yes, A groups of ten or more, O the person's own"]
    lines += ["eyes, D never leaves the device, T the teacher's track, P a person confirms, N only"]
    lines += ["how often, S sealed.", "", "| capability | " + " | ".join(SHOWN) + " | why |"]
    lines += ["|---" * (len(SHOWN) + 2) + "|"]
    for of in CAPABILITIES:
        cells = (_terms(of.under(profile)) for profile in SHOWN)
        lines.append(f"| {of.name_en} | " + " | ".join(cells) + f" | {of.law_en} |")
    for profile in SHOWN:
        gone = left_out(profile)
        named = PROFILE_NAMES[profile]
        lines += ["", f"## {profile}: {named.name_en}", "", f"{named.why_en}.", ""]
        lines += [f"- left out: {', '.join(gone.apps) or 'nothing that is built'}"]
        switches = switches_in(profile)
        lines += [f"- asked for: {', '.join(s.key for s in switches if not s.task)}"]
        lines += [f"- on until refused: {', '.join(s.key for s in switches if s.task)}"]
    lines += ["", "## Changing it", "", "A stricter profile may be taken at any time: the"]
    lines += ["set-up with the new `YUNKE_PROFILE` drops the tables and folders that it may not"]
    lines += ["hold. A looser one takes two named persons on `/about-this-site/profile`, and every"]
    lines += ["consent under the stricter one is asked for anew. Each change is an audit line."]
    return "\n".join(lines) + "\n"


def _terms(terms: frozenset[str] | None) -> str:
    return "off" if terms is None else " ".join(sorted(terms)) or "on"


def floorplan_page() -> str:
    lines = ["# The floor plan", "", "Drawn from the contracts in `pyproject.toml`; the top knows"]
    lines += ["what is below it, never the other way round.", "", "```mermaid", "flowchart TD"]
    wings = next(c["layers"] for c in contracts() if c["id"] == "wings")
    names = [name for line in wings for name in layer_names(line)]
    lines += [f"  {above} --> {below}" for above, below in pairwise(names)]
    lines += ["```", ""]
    for contract in contracts():
        if contract["id"].startswith("rooms-"):
            wing = contract["containers"][0].split(".")[-1]
            lines += [f"## {wing}", ""]
            for line in contract["layers"]:
                for room in layer_names(line):
                    lines += _room(wing, room)
    return "\n".join(lines)


def _room(wing: str, room: str) -> list[str]:
    text = importlib.import_module(f"yunke.{wing}.{room}").__doc__ or ""
    return [f"### {room}", "", *(line.rstrip() for line in text.strip().splitlines()), ""]


PAGES: dict[Path, Callable[[], str]] = {
    REFERENCE / "settings.md": settings_page,
    REFERENCE / "events.md": events_page,
    REFERENCE / "rights.md": rights_page,
    REFERENCE / "data.md": data_page,
    REFERENCE / "pages.md": pages_page,
    REFERENCE / "profiles.md": profiles_page,
    ROOT / "docs" / "floorplan.md": floorplan_page,
}


def faults() -> list[str]:
    return [
        f"{path.relative_to(ROOT)} is behind the code: ./run docs writes it"
        for path, write in PAGES.items()
        if not path.is_file() or path.read_text() != write()
    ]


def write_all() -> None:
    with tempfile.TemporaryDirectory(prefix="yunke-docs-") as folder:
        os.environ.setdefault("YUNKE_SECRET_KEY", "only-for-writing-the-documents-" * 2)
        os.environ["YUNKE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "yunke.site.settings"
        django.setup()
        for path, write in PAGES.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(write())
            print(path.relative_to(ROOT))


def main(words: list[str]) -> int:
    if words == ["pictures"]:
        importlib.import_module("yunke.checks.pictures").take()
        return 0
    write_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
