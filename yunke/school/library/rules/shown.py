"""An author's text as a page shows it: safe markup, formulas between dollars, places of blanks.

A text is plain, or the clean XHTML that packages bring. Plain text keeps its lines; ``$…$`` and
``$$…$$`` hold LaTeX, which becomes MathML here on the server, so that pages need no script for it.
"""

import html
import re
from functools import lru_cache

from latex2mathml.converter import convert
from lxml import etree

from yunke.craft.formats.qti.allowed import MATHS, TAGS
from yunke.craft.formats.qti.rich import Rich

MEDIA = "/questions/media/"
LONGEST_FORMULA = 600
# Signs of Unicode's private area: where blank n is, until the fields are put there.
OPEN, CLOSE = "\ue000", "\ue001"
_DOLLARS = re.compile(r"\$\$(.+?)\$\$|\$(?=\S)([^$\n]*?\S)\$(?!\d)|\\\((.+?)\\\)", re.S)
_TAG = re.compile(r"(<[^>]*>)")
_LINE = re.compile(r"_{3,}|＿{2,}")
_SPACE = re.compile(r"(?<![\w;])\s+|\s+")
# A picture in plain text: ![what it shows](media/<name>).
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(media/([0-9a-f]{64}\.[a-z0-9]{3,4})\)")
# A link within a package leads to no page here.
_LINK = re.compile(r"<a\b[^>]*>|</a>")
_MARKUP = re.compile(r"</?[a-zA-Z][\w-]*(\s[^<>]*)?/?>")


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """Safe HTML of a text; places of blanks stay as ``OPEN id CLOSE`` or ``OPEN CLOSE``."""
    text = text.replace(OPEN, "").replace(CLOSE, "")
    rich = _rich(text) if _MARKUP.search(text) else None
    if rich is None:
        rich = html.escape(text.strip()).replace("\n", "<br>")
        rich = _PICTURE.sub(rf'<img src="{MEDIA}\2" alt="\1">', rich)
    parts = _TAG.split(rich)
    parts[::2] = [_LINE.sub(OPEN + CLOSE, _with_formulas(part)) for part in parts[::2]]
    return "".join(parts)


def _rich(text: str) -> str | None:
    """The text as the markup it is, written again from what is allowed; None for no markup."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        parsed = etree.fromstring(f"<div>{text}</div>", parser)
    except etree.XMLSyntaxError:
        return None
    if not any(str(one.tag) in TAGS or str(one.tag) in ("response", "gap") for one in parsed):
        return None
    clean = _LINK.sub("", Rich("", _place, lambda name: True).inside(parsed))
    return re.sub(r' src="(?:media/)?([^"/]+)"', rf' src="{MEDIA}\1"', clean)


def _place(element: "etree._Element") -> str | None:
    if element.tag in ("response", "gap"):
        return f"{OPEN}{html.escape(element.get('id', ''))}{CLOSE}"
    return None


def _with_formulas(escaped: str) -> str:
    return _DOLLARS.sub(lambda found: _formula(found), escaped)


def _formula(found: "re.Match[str]") -> str:
    block, inline, brackets = found.groups()
    made = mathml(html.unescape(block or inline or brackets or ""))
    return made or found.group()


@lru_cache(maxsize=4096)
def mathml(latex: str) -> str:
    """LaTeX as MathML; "" for what is none."""
    if not latex.strip() or len(latex) > LONGEST_FORMULA or latex.count("{") > 80:
        return ""
    latex = re.sub(r"\\dfrac|\\tfrac", r"\\frac", latex)
    try:
        tree = etree.fromstring(convert(latex).encode())
    except Exception:
        return ""
    return _cleaned(tree)


def _cleaned(tree: "etree._Element") -> str:
    """Only MathML's own elements, no address, style or script."""
    for one in tree.iter():
        local = etree.QName(one).localname
        if local not in MATHS:
            return ""
        for name in list(one.attrib):
            if name not in ("display", "stretchy", "linethickness", "accent", "mathvariant"):
                del one.attrib[name]
    etree.cleanup_namespaces(tree)
    made: str = etree.tostring(tree, encoding="unicode")
    return made


def plain_of(text: str, most: int = 160) -> str:
    """One line of plain text for lists and titles: markup gone, formulas as they are typed."""
    bare = re.sub(r"<response[^>]*/>", "____", text)
    bare = html.unescape(_MARKUP.sub(" ", bare)) if _MARKUP.search(bare) else bare
    bare = " ".join(_PICTURE.sub(r"\1", bare).split())
    return bare if len(bare) <= most else bare[: most - 1].rstrip() + "…"
