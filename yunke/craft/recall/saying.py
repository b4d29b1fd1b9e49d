"""What the numbers say, in a sentence a pupil, a guardian or a teacher can check: zh or en."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from yunke.craft.recall.drills import Chosen, Reason
from yunke.craft.recall.estimates import Mastery, Move, Standing

LANGUAGES = ("zh", "en")
# Moves of less than this many answers of a hundred are not worth a word.
LEAST = 0.02

STANDINGS: Mapping[Standing, tuple[str, str]] = {
    Standing.MASTERED: ("已掌握", "mastered"),
    Standing.NEARLY: ("快掌握了", "nearly there"),
    Standing.WEAK: ("还不会", "not yet"),
    Standing.UNSURE: ("答得太少，还说不准", "too few answers to tell"),
    Standing.UNSEEN: ("还没答过", "not tried yet"),
}
REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.OWN_ERROR: ("这道题上次答错了", "this one went wrong last time"),
    Reason.WEAK_AND_DUE: ("这个知识点还不稳，又到了该复习的时候", "a weak point, and due again"),
    Reason.DUE: ("到了该复习的时候，再练一次记得更久", "due again, so that it stays"),
    Reason.WEAK: ("这个知识点还不稳", "a weak point"),
    Reason.UNSEEN: ("还没练过，先看看会不会", "not tried yet: let us see"),
}


def say_mastery(one: Mastery, name: str, language: str = "zh", *, answers: int = 3) -> str:
    """The point called ``name``: the estimate, how sure, and the answers that moved it most.

    Raises KeyError for another language.
    """
    at = _language(language)
    share, count = one.share, one.estimate.answers
    standing = STANDINGS[one.standing][at]
    if at == 0:
        said = (
            f"{name}：{standing}。中等难度的 10 题大约能对 {_tenths(share.middle)} 题"
            f"（{_tenths(share.low)}–{_tenths(share.high)}），依据 {count} 次作答。"
        )
    else:
        said = (
            f"{name}: {standing}. About {_tenths(share.middle)} of 10 middling questions right "
            f"({_tenths(share.low)}–{_tenths(share.high)}), from {count} "
            f"{'answer' if count == 1 else 'answers'}."
        )
    return said + say_moves(one.moves, language, answers=answers)


def say_moves(moves: Sequence[Move], language: str = "zh", *, answers: int = 3) -> str:
    """The answers that moved an estimate most, with how far; "" where none did."""
    at = _language(language)
    worth = [move for move in moves if abs(move.after - move.before) >= LEAST][:answers]
    if not worth:
        return ""
    if at == 0:
        return "影响最大的作答：" + "；".join(_move_zh(move) for move in worth) + "。"
    return " Moved most by: " + "; ".join(_move_en(move) for move in worth) + "."


class Turned(Protocol):
    """An earlier answer and what it did to a chance (``why.Mover`` is one)."""

    @property
    def row(self) -> int: ...
    @property
    def right(self) -> bool: ...
    @property
    def change(self) -> float: ...


def say_chance(
    chance: float,
    movers: Sequence[Turned],
    names: Sequence[str],
    language: str = "zh",
    *,
    answers: int = 3,
) -> str:
    """A tracer's chance for the next question and the pupil's own answers that moved it most.

    ``names``: what to call the rows of the history. Raises KeyError for another language.
    """
    at = _language(language)
    worth = [mover for mover in movers if abs(mover.change) >= LEAST][:answers]
    told = [(names[one.row], one.right, round(100 * one.change)) for one in worth]
    if at == 0:
        said = f"下一题答对的可能约 {round(100 * chance)}%。"
        parts = [f"“{name}”{'答对' if right else '答错'}（{by:+d}%）" for name, right, by in told]
        return said + ("影响最大的作答：" + "；".join(parts) + "。" if parts else "")
    said = f"The next question goes right with a chance of about {round(100 * chance)} %."
    parts = [f"“{name}” {'right' if right else 'wrong'} ({by:+d} %)" for name, right, by in told]
    return said + (" Moved most by: " + "; ".join(parts) + "." if parts else "")


def say_choice(chosen: Chosen, language: str = "zh") -> str:
    """Why this question is in the drill. Raises KeyError for another language."""
    return REASONS[chosen.reason][_language(language)]


def _language(language: str) -> int:
    if language not in LANGUAGES:
        raise KeyError(language)
    return LANGUAGES.index(language)


def _tenths(share: float) -> int:
    return round(share * 10)


def _points_of_hundred(move: Move) -> int:
    return round(100 * (move.after - move.before))


def _move_zh(move: Move) -> str:
    did = "答对" if move.answer.right else "答错"
    return f"“{move.answer.name}”{did}（{_points_of_hundred(move):+d}%）"


def _move_en(move: Move) -> str:
    did = "right" if move.answer.right else "wrong"
    return f"“{move.answer.name}” {did} ({_points_of_hundred(move):+d} %)"
