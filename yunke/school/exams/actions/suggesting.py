"""Suggestions for typed short answers: how right, how sure, on which words. A person marks.

The marks that people have given to the same question meanwhile are learnt from: from eight on they
say more than anything else.
"""

from fractions import Fraction

from yunke.base.jobs import Held
from yunke.craft.marking.items import Item, ShortTextKey
from yunke.craft.marking.short.suggesting import suggest
from yunke.craft.marking.short.values import Suggestion
from yunke.school.attempts.door import Of, marks_of, states_of
from yunke.school.exams.models import DeskItem, DeskPiece
from yunke.school.exams.values.paper import PieceState
from yunke.school.library.door import items_of

LABELS = {"correct": Fraction(1), "contradictory": Fraction(0), "incorrect": Fraction(0)}


def pieces_suggest(held: Held, item_id: int) -> None:
    """Suggest points for the open typed pieces of a question; some 15 ms each."""
    item = DeskItem.objects.get(id=item_id)
    found = items_of([item.question_id]).get(item.question_id)
    if found is None or not isinstance(found.key, ShortTextKey):
        return
    pieces = list(DeskPiece.objects.filter(item=item))
    texts = typed_of(item)
    answers = [piece for piece in pieces if texts.get(piece.reply_id)]
    waiting = [piece for piece in answers if piece.state == PieceState.OPEN]
    said = _suggested(item, found, found.key, waiting, answers, texts)
    held.progress("suggesting", 0.9)
    for piece, one in zip(waiting, said, strict=True):
        piece.suggested = str(LABELS.get(one.label, Fraction(0)) * Fraction(item.out_of))
        piece.confidence = round(float(one.confidence), 3)
        piece.reasons = [
            {"reason": why.reason.value, "words": [word[:40] for word in why.words[:4]]}
            for why in one.why[:3]
        ]
    with held.write():
        DeskPiece.objects.bulk_update(waiting, ["suggested", "confidence", "reasons"])


def _suggested(
    item: DeskItem, found: Item, key: ShortTextKey, waiting: list[DeskPiece],
    answers: list[DeskPiece], texts: dict[int, str],
) -> list[Suggestion]:  # fmt: skip
    marked = [
        (texts[piece.reply_id], _label(Fraction(piece.score), Fraction(item.out_of)))
        for piece in answers
        if piece.state == PieceState.DONE and piece.score
    ]
    reference = key.references[0] if key.references else ""
    return suggest(found.prompt, reference, [texts[piece.reply_id] for piece in waiting], marked)


def _label(score: Fraction, out_of: Fraction) -> str:
    return "correct" if score * 2 >= out_of else "incorrect"


def typed_of(item: DeskItem) -> dict[int, str]:
    """Reply → the text that was typed, for the answers to one question. 2 queries."""
    states = states_of(Of.EXAM, item.exam_id).values()
    return {
        mark.reply_id: mark.value
        for mark in marks_of(state.id for state in states)
        if mark.question_id == item.question_id and isinstance(mark.value, str)
    }
