"""Mastery of knowledge points: what a pupil can do, what to practise next, how a class learns.

In: answers (who, when, which question, which points, right or not). Out: an estimate per point
with its interval and the answers that moved it (``estimates``), when it should come back
(``spacing``), a short drill with a reason for each question (``drills``), learning curves
(``curves``), what a class does next (``steps``), and, over many pupils, the chance of the next
answer (``tracing``, ``why``, ``bkt``). These last alone need numpy and scikit-learn and are
therefore imported by name. ``saying`` puts it into words.

An *opportunity* is one answer on a point; *hardness* and *level* are in logits; a *share* is of
middling questions.
"""

from yunke.craft.recall.curves import Curve, curve
from yunke.craft.recall.drills import Chosen, Drill, Offer, Reason, Wanted, drill
from yunke.craft.recall.estimates import Estimate, Mastery, Seen, Standing, learnt, mastery
from yunke.craft.recall.saying import say_chance, say_choice, say_mastery, say_moves
from yunke.craft.recall.spacing import Memory, Review, memory_of, next_due
from yunke.craft.recall.steps import Advice, Group, Step, groups, next_step

__all__ = [
    "Advice",
    "Chosen",
    "Curve",
    "Drill",
    "Estimate",
    "Group",
    "Mastery",
    "Memory",
    "Offer",
    "Reason",
    "Review",
    "Seen",
    "Standing",
    "Step",
    "Wanted",
    "curve",
    "drill",
    "groups",
    "learnt",
    "mastery",
    "memory_of",
    "next_due",
    "next_step",
    "say_chance",
    "say_choice",
    "say_mastery",
    "say_moves",
]
