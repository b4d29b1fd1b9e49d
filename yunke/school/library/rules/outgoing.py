"""An item as others can read it: pictures as markup, formulas as MathML, blanks as places."""

import html
import re
from dataclasses import replace
from typing import Any

from yunke.craft.marking import items as m
from yunke.school.library.rules.shown import CLOSE, MEDIA, OPEN, shown

_SRC = re.compile(rf' src="{re.escape(MEDIA)}([^"]+)"')


def outgoing(item: m.Item) -> tuple[m.Item, tuple[str, ...]]:
    """The item with XHTML texts, and the names of the media in them (``media/<name>``)."""
    names: set[str] = set()

    def text(told: str) -> str:
        made = _SRC.sub(r' src="media/\1"', shown(told)).replace("<br>", "<br/>")
        made = made.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
        names.update(re.findall(r' src="(media/[^"]+)"', made))
        return re.sub(r"(<img\b[^>]*[^/])>", r"\1/>", made)

    key: Any = item.key
    blanks = iter([one.id for one in getattr(key, "blanks", ())] or ["RESPONSE"])

    def place(hit: "re.Match[str]") -> str:
        blank = hit[1] or next(blanks, "")
        return f'<response id="{html.escape(blank)}"/>' if blank else "____"

    prompt = text(item.prompt)
    written = item.kind in (m.Kind.BLANKS, m.Kind.NUMBER, m.Kind.FORMULA)
    prompt = re.sub(f"{OPEN}([^{CLOSE}]*){CLOSE}", place if written else "____", prompt)
    reasoning = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", "____", text(item.reasoning))
    for side in ("options", "left", "right"):
        choices = getattr(key, side, None)
        if isinstance(choices, tuple) and choices and isinstance(choices[0], m.Choice):
            told = tuple(replace(one, text=_line(text(one.text))) for one in choices)
            key = replace(key, **{side: told})
    return replace(item, prompt=prompt, reasoning=reasoning, key=key), tuple(sorted(names))


def _line(told: str) -> str:
    return re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", "____", told)
