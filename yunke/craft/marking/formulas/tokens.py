"""The signs of a formula, whatever keyboard they came from."""

import re
import unicodedata

LONGEST = 500
MOST = 200
_RAISED = {"⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
           "⁹": "9", "ⁿ": "n", "⁻": "-"}  # fmt: skip
_RUN = re.compile("[" + "".join(_RAISED) + "]+")
_VULGAR = re.compile(r"(\d?)([¼½¾⅐-⅞])")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–—", "-"), **dict.fromkeys("×✕·⋅∙", "*"), **dict.fromkeys("÷⁄∶", "/"),
        **dict.fromkeys("【[{", "("), **dict.fromkeys("】]}", ")"), **dict.fromkeys("、;", ","),
        **dict.fromkeys("⩽≦", "≤"), **dict.fromkeys("⩾≧", "≥"), "$": " ", "\u3000": " ",
        "π": " pi ", "√": " sqrt ",
    }
)  # fmt: skip
_WORDS = {
    "\\frac": "frac", "\\dfrac": "frac", "\\tfrac": "frac", "\\sqrt": "sqrt", "\\times": "*",
    "\\cdot": "*", "\\div": "/", "\\pi": "pi", "\\sin": "sin", "\\cos": "cos", "\\tan": "tan",
    "\\ln": "ln", "\\log": "log", "\\lg": "lg", "\\exp": "exp", "\\le": "<=", "\\leq": "<=",
    "\\leqslant": "<=", "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "\\lt": "<", "\\gt": ">",
    "\\left": "", "\\right": "", "\\,": "", "\\;": "", "\\!": "", "\\ ": "", "\\quad": "",
    "\\alpha": "α", "\\beta": "β", "\\theta": "θ", "\\gamma": "γ", "\\lambda": "λ", "\\omega": "ω",
}  # fmt: skip
FUNCTIONS = ("sqrt", "sin", "cos", "tan", "ln", "log", "lg", "exp", "abs")
_TOKEN = re.compile(
    r"\s*(?:(?P<latex>\\(?:[A-Za-z]+|[,;! ]))"
    r"|(?P<mixed>\d+\s+\d+/\d+(?![\d.]))|(?P<number>\d+(?:\.\d+)?|\.\d+)"
    rf"|(?P<name>frac|pi|{'|'.join(FUNCTIONS)}|[A-Za-zα-ωΑ-Ω](?:_\(?\w{{1,2}}\)?|')?)"
    r"|(?P<sign><=|>=|\*\*|[-+*/^()=<>,|%]))"
)


class Unread(Exception):
    """Not a formula we can read; its text is the reason's code."""


def tokens(text: str) -> list[str]:
    """Numbers, names, functions, signs; relations as ``<=``. Raises Unread."""
    if len(text) > LONGEST:
        raise Unread("too-long")
    plain = _RUN.sub(lambda m: "^(" + "".join(_RAISED[sign] for sign in m[0]) + ")", text)
    plain = _VULGAR.sub(_small_fraction, plain)
    plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS)
    plain = plain.replace("≤", "<=").replace("≥", ">=").strip()
    found: list[str] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None or len(found) > MOST:
            raise Unread("unread" if match is None else "too-long")
        at = match.end()
        token = match[0].strip()
        if match["latex"]:
            token = _latex(token)
        if token:
            found.append({"**": "^"}.get(token, token))
    return found


def _small_fraction(match: re.Match[str]) -> str:
    """½ in brackets, so that ½x is half of x; 1½ stays a mixed number."""
    parts = unicodedata.normalize("NFKC", match[2]).replace("⁄", "/")
    return f"{match[1]} {parts} " if match[1] else f"({parts})"


def _latex(word: str) -> str:
    if word not in _WORDS:
        raise Unread("unread")
    return _WORDS[word]
