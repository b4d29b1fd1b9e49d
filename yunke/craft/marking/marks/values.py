"""What marking says about one answer."""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

# Raised whenever a rule changes what some answer is worth; kept with every mark.
RULE = "marking-1"
CERTAIN = Fraction(1)


class Verdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Said:
    """One answer or blank against its key. ``share`` of its points; None where a person decides.
    ``reason`` is a code that pages translate; ``causes``: ids of wrong causes.
    """

    verdict: Verdict
    share: Fraction | None
    reason: str
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A blank, a pair, a place: which, and what was said of it; ``score`` in points."""

    id: str
    verdict: Verdict
    score: Fraction | None
    reason: str
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marking:
    """``score`` of ``out_of`` points, exact; None where a person decides, who starts from
    ``at_least`` (the points of the parts that are certain) and ``suggested`` (a proposal, or None).
    ``confidence`` 0 to 1: how sure the rule is of verdict or suggestion.
    """

    verdict: Verdict
    score: Fraction | None
    out_of: Fraction
    reason: str
    causes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    confidence: Fraction = CERTAIN
    at_least: Fraction = Fraction(0)
    suggested: Fraction | None = None
    rule: str = RULE

    @property
    def to_person(self) -> bool:
        return self.verdict is Verdict.UNSURE

    def suggest(self, share: Fraction, confidence: Fraction) -> "Marking":
        """The same for a person, with a proposal: ``share`` of the points, 0 to 1, and how sure.

        Raises ValueError where there is nothing to propose, or outside of 0 to 1.
        """
        if not self.to_person or not (0 <= share <= 1 and 0 <= confidence <= 1):
            raise ValueError("a share and a confidence from 0 to 1, for what a person decides")
        return replace(self, suggested=share * self.out_of, confidence=confidence)

    def plain(self) -> dict[str, object]:
        """For JSON: fractions as text, so that nothing is rounded on the way."""
        parts = [
            {"id": one.id, "verdict": one.verdict.value, "score": _text(one.score),
             "reason": one.reason, "causes": list(one.causes)}
            for one in self.parts
        ]  # fmt: skip
        return {
            "verdict": self.verdict.value, "score": _text(self.score), "outOf": str(self.out_of),
            "reason": self.reason, "causes": list(self.causes), "parts": parts,
            "confidence": str(self.confidence), "atLeast": str(self.at_least),
            "suggested": _text(self.suggested), "rule": self.rule,
        }  # fmt: skip


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


RIGHT = Said(Verdict.RIGHT, Fraction(1), "right")
BLANK = Said(Verdict.WRONG, Fraction(0), "blank")


def wrong(reason: str = "wrong", *causes: str) -> Said:
    return Said(Verdict.WRONG, Fraction(0), reason, tuple(one for one in causes if one))


def unsure(reason: str) -> Said:
    return Said(Verdict.UNSURE, None, reason)


def partly(share: Fraction, reason: str, *causes: str) -> Said:
    """Right and wrong at the ends of the scale, so that no part of nothing is called partly."""
    told = tuple(one for one in causes if one)
    if share >= 1:
        return replace(RIGHT, reason=reason, causes=told)
    verdict = Verdict.PARTLY if share > 0 else Verdict.WRONG
    return Said(verdict, max(share, Fraction(0)), reason, told)
