"""What the rooms call: suggestions for the answers to one question, for a teacher to confirm."""

from collections.abc import Sequence

from yunke.craft.marking.short.bench import Bench
from yunke.craft.marking.short.marker import Marker, decide
from yunke.craft.marking.short.reasons import reasons
from yunke.craft.marking.short.shipped import shipped
from yunke.craft.marking.short.values import Row, Suggestion


def suggest(
    question: str,
    reference: str,
    answers: Sequence[str],
    marked: Sequence[tuple[str, str]] = (),
    marker: Marker | None = None,
) -> list[Suggestion]:
    """One suggestion per answer in order. Pass all answers together: they tell of each other.

    ``marked``: answers to this question with the label a teacher gave; from 8 of them on they are
    asked too, which is worth more than anything else. ``marker``: the shipped one unless given.
    Cost: some 15 ms an answer, and 2 s once to load the model. Work for a job, not for a page.
    """
    rows = [Row(question, reference, answer) for answer in answers]
    known = [Row(question, reference, answer, label) for answer, label in marked]
    if not rows:
        return []
    bench = Bench()
    decisions = decide(marker or shipped(), rows, bench, known)
    expected = bench.side(question, reference)
    return [
        Suggestion(
            decision.label,
            decision.confidence,
            reasons(question, expected, bench.side(question, row.answer), known),
        )
        for row, decision in zip(rows, decisions, strict=True)
    ]
