"""English complete: every Chinese msgid in code and templates has its English in the room."""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from yunke.checks.house.tree import shown, tracked

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (1, 2),
    "pgettext_lazy": (1, 2),
}
_TEXT = r"""(u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))"""
# What Django makes of {% translate "今天" %}: gettext(u'今天'), ngettext for plurals, and
# pgettext(u'act', u'今天') with a context.
IN_TEMPLATE = re.compile(rf"n?(?:pgettext\({_TEXT},\s*|gettext\(){_TEXT}")
# How gettext joins a context and its text.
JOINED = "\x04"
HAN = re.compile(r"[\u4e00-\u9fff]")


def english() -> set[str]:
    """Every msgid that has an English text somewhere: gettext merges all rooms."""
    found: set[str] = set()
    for path in tracked("django.po", "yunke"):
        with path.open("rb") as file:
            for message in read_po(file):
                ids, texts = _several(message.id), _several(message.string)
                if ids and ids[0] and texts and all(texts):
                    found.add(_joined(message.context, ids[0]))
    return found


def _joined(context: str | None, text: str) -> str:
    return f"{context}{JOINED}{text}" if context else text


def _several(text: object) -> list[str]:
    """gettext gives one string, or one for each plural."""
    return [text] if isinstance(text, str) else [str(t) for t in text or ()]  # type: ignore[attr-defined]


def said() -> Iterator[tuple[Path, int, str]]:
    """(file, line, msgid) of everything that is said to people."""
    for path in tracked(".py", "yunke"):
        if "/tests/" not in str(path):
            yield from _in_python(path)
    for path in tracked(".html", "yunke"):
        source = templatize(path.read_text())
        for match in IN_TEMPLATE.finditer(source):
            context, text = (ast.literal_eval(part) if part else "" for part in match.groups())
            yield path, source.count("\n", 0, match.start()) + 1, _joined(context, text)


def _in_python(path: Path) -> Iterator[tuple[Path, int, str]]:
    found = extract_python(io.BytesIO(path.read_bytes()), KEYWORDS, [], {"encoding": "utf-8"})
    for line, function, message, _comments in found:
        parts = [message] if isinstance(message, str) else [part for part in message or () if part]
        context = parts.pop(0) if str(function).startswith("pgettext") else ""
        if parts:
            yield path, line, _joined(context, parts[0])


def faults() -> list[str]:
    known = english()
    return sorted(
        {
            f"{shown(p)}:{line} has no English: {text}"
            for p, line, text in said()
            if text not in known
        }
        | set(_bare_chinese())
    )


def _bare_chinese() -> Iterator[str]:
    """Chinese in a template outside a translation would stay Chinese on an English page."""
    marked = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
    block = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
    comment = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", re.S)
    for path in tracked(".html", "yunke"):
        text = path.read_text()
        for pattern in (comment, block, marked):
            text = pattern.sub(lambda m: "\n" * m.group().count("\n"), text)
        for number, line in enumerate(text.splitlines(), 1):
            if HAN.search(line.replace("中文", "")):
                yield f"{shown(path)}:{number} Chinese outside a translation: {line.strip()[:40]}"
