"""Formulas into trees: a descent of our own, bounded in length and depth.

``1/2x`` can be read as half of x or as one over 2x: ``tight`` chooses; who compares tries both.
"""

import re
from fractions import Fraction

from yunke.craft.marking.formulas.tokens import FUNCTIONS, Unread, tokens
from yunke.craft.marking.formulas.values import RELATIONS, Statement, Tree

__all__ = ["Unread", "read_formula"]
DEEPEST = 40
MOST_DIGITS = 30
MOST_ALTERNATIVES = 6
_OR = re.compile(r"或者?|\bor\b|,|，|;|；|、")
_PREFIX = re.compile(r"^\s*(?:答|解|原式|则|即|∴|所以)\s*[:：=,，]?\s*")


def read_formula(text: str, tight: bool = False) -> tuple[Statement, ...]:
    """The statements that the text makes, alternatives (``x=1或x=2``) one by one. Raises Unread."""
    parts = [part for part in _OR.split(_PREFIX.sub("", text[:2000])) if part.strip()]
    if len(text) > 2000 or len(parts) > MOST_ALTERNATIVES:
        raise Unread("too-long")
    if not parts:
        raise Unread("blank")
    try:
        return tuple(_statement(tokens(part), tight) for part in parts)
    except RecursionError:
        raise Unread("too-deep") from None


def _statement(found: list[str], tight: bool) -> Statement:
    places = [place for place, token in enumerate(found) if token in RELATIONS]
    if not places:
        return Statement(_Reader(found, tight).whole())
    if len(places) > 1:
        raise Unread("unread")
    left, right = found[: places[0]], found[places[0] + 1 :]
    return Statement(_Reader(left, tight).whole(), found[places[0]], _Reader(right, tight).whole())


class _Reader:
    """One descent over the tokens of one side."""

    def __init__(self, found: list[str], tight: bool) -> None:
        self.found, self.tight = found, tight
        self.at = self.depth = 0

    def whole(self) -> Tree:
        tree = self.sum()
        if self.at != len(self.found):
            raise Unread("unread")
        return tree

    def peek(self) -> str:
        return self.found[self.at] if self.at < len(self.found) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise Unread("unread")
        self.at += 1
        return token

    def sum(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unread("too-deep")
        tree = self.product()
        while self.peek() in ("+", "-"):
            sign = self.take()
            right = self.product()
            tree = ["+", tree, right if sign == "+" else ["neg", right]]
        self.depth -= 1
        return tree

    def product(self) -> Tree:
        tree = self.factor()
        while True:
            found = self.peek()
            if found in ("*", "/"):
                self.take()
                tree = [found, tree, self.run() if self.tight else self.factor()]
            elif self.starts(found):
                tree = ["*", tree, self.power()]
            else:
                return tree

    def run(self) -> Tree:
        """Factors written without a sign between them, taken together."""
        tree = self.factor()
        while self.starts(self.peek()):
            tree = ["*", tree, self.power()]
        return tree

    @staticmethod
    def starts(found: str) -> bool:
        return bool(found) and (found == "(" or found[0].isalnum() or found[0] == ".")

    def factor(self) -> Tree:
        if self.peek() not in ("+", "-"):
            return self.power()
        sign = self.take()
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unread("too-deep")
        tree = self.factor()
        self.depth -= 1
        return tree if sign == "+" else ["neg", tree]

    def power(self) -> Tree:
        base = self.atom()
        if self.peek() == "%":
            self.take()
            base = ["/", base, ["num", "100"]]
        if self.peek() != "^":
            return base
        self.take()
        return ["^", base, self.factor()]

    def atom(self) -> Tree:
        found = self.take()
        if found == "(":
            return self.closed(")")
        if found == "|":
            return ["fn", "abs", self.closed("|")]
        if found == "frac":
            return ["/", self.atom(), self.atom()]
        if found in FUNCTIONS:
            return self.function(found)
        if found[0].isdigit() or found[0] == ".":
            return _number(found)
        if found[0].isalpha():
            return ["sym", found]
        raise Unread("unread")

    def closed(self, end: str) -> Tree:
        tree = self.sum()
        if self.take() != end:
            raise Unread("unread")
        return tree

    def function(self, name: str) -> Tree:
        """``sin x``, ``sqrt(2)``, ``√2``, ``sin 2x`` takes one factor, with its number in front."""
        if self.peek() == "(":
            return ["fn", name, self.atom()]
        argument = self.power()
        if name != "sqrt" and argument[0] == "num" and self.peek()[:1].isalpha():
            argument = ["*", argument, self.power()]
        return ["fn", name, argument]


def _number(found: str) -> Tree:
    if len(found) > MOST_DIGITS:
        raise Unread("too-large")
    whole, _, rest = found.rpartition(" ")
    try:
        return ["num", str(int(whole or 0) + Fraction(rest))]
    except ZeroDivisionError:
        raise Unread("unread") from None
