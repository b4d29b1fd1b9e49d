"""One way of writing: full-width signs, small fractions, raised digits and LaTeX made plain."""

import re
import unicodedata

# What NFKC would glue to its neighbour: 5² would become 52, 1½ would become 11⁄2.
_RAISED = str.maketrans({"⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5"})
_VULGAR = re.compile("[¼½¾⅐-⅞]")
_SQUARES = {
    "㎡": "m^2",
    "㎢": "km^2",
    "㎠": "cm^2",
    "㎟": "mm^2",
    "㎥": "m^3",
    "㎤": "cm^3",
    "㎣": "mm^3",
}
_SIGNS = str.maketrans(
    {
        "−": "-", "–": "-", "—": "-", "﹣": "-", "⁄": "/", "∕": "/", "×": "*", "✕": "*", "✖": "*",
        "·": "*", "⋅": "*", "∙": "*", "∶": ":", "。": ".", "、": ",", "“": '"', "”": '"', "′": "'",
        "【": "(", "】": ")", "[": "(", "]": ")", "\u200b": "", "\ufeff": "", "\u3000": " ",
    }
)  # fmt: skip
_LATEX = (
    (re.compile(r"\\[dt]?frac\s*\{\s*(\d+)\s*\}\s*\{\s*(\d+)\s*\}"), r" \1/\2 "),
    (re.compile(r"\\times|\\cdot"), "*"),
    (re.compile(r"\\div"), "÷"),
    (re.compile(r"\\left|\\right|\\,|\\;|\\!|\$"), ""),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\text\s*\{([^{}]*)\}|\\mathrm\s*\{([^{}]*)\}"), r"\1\2"),
)
# Most answers are plain already.
_PLAIN = re.compile(r"[0-9A-Za-z .,+*/%^()<>=-]*")
_DASHES = re.compile("——+")
LONGEST = 4_000


def clean(text: str) -> str:
    """The same text in plain signs: ASCII digits, ``* / ÷ -``, ``^2``, single blanks.

    Longer than ``LONGEST`` characters nothing is a number: the empty text comes back.
    """
    if len(text) > LONGEST:
        return ""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    plain = _DASHES.sub(" ", text).translate(_RAISED)
    for sign, words in _SQUARES.items():
        plain = plain.replace(sign, words)
    plain = _VULGAR.sub(lambda m: " " + unicodedata.normalize("NFKC", m[0]) + " ", plain)
    for pattern, words in _LATEX:
        plain = pattern.sub(words, plain)
    plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS)
    return " ".join(plain.split())
