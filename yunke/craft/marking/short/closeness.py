"""How an answer lies to its reference and its question, as numbers.

Sources: alignment of words and the demoting of the question's own words after Sultan, Salazar &
Sumner 2016 (short answer grading, few features); greedy matching of word vectors after Zhang et
al. 2020 (BERTScore); weights by rarity after Spärck Jones 1972. Every number is relative to the
question's own reference, so that what is learnt on some questions holds for others.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from yunke.craft.marking.short.opposites import OPPOSITES
from yunke.craft.marking.short.vectors import Sense
from yunke.craft.marking.short.words import Read, opposed

UNSEEN = 8.0  # weight of a word that no marked answer had
SIGN = 0.5  # weight of a punctuation mark
NEAR = 0.55  # from here two pieces say alike
COMPARED, NUMBERS = 35, 63
Floats: TypeAlias = NDArray[np.float32]
Weights: TypeAlias = dict[str, float]


@dataclass(frozen=True)
class Side:
    """A text with its words and its sense."""

    read: Read
    sense: Sense


def closeness(question: Side, reference: Side, answer: Side, weights: Weights) -> list[float]:
    """NUMBERS numbers for one answer; the first COMPARED say how near it is to the reference.

    ``weights``: rarity of pieces (as they are) and of stems ("=stem"). ``question`` is read alone,
    the two others after the question.
    """
    return [
        *_whole(question.sense, reference.sense, answer.sense),
        *_parts(question.sense, reference.sense, answer.sense, weights),
        *_shared(question.read, reference.read, answer.read, weights),
        *_spelled(question.read, reference.read, answer.read),
        *_sizes(question.read, reference.read, answer.read),
        *_denied(question.read, reference.read, answer.read),
        *_told(reference.read, answer.read),
    ]


def _whole(question: Sense, reference: Sense, answer: Sense) -> list[float]:
    """Cosines of whole texts, and of answer and reference without what the question says."""
    asked = question.whole
    a = answer.whole - asked * (answer.whole @ asked)
    r = reference.whole - asked * (reference.whole @ asked)
    bare = float(a @ r) / (float(np.linalg.norm(a) * np.linalg.norm(r)) + 1e-6)
    return [
        float(answer.joint @ reference.joint),
        float(answer.whole @ reference.whole),
        float(answer.whole @ asked),
        float(reference.whole @ asked),
        bare,
    ]


def rarity(names: Iterable[str], weights: Weights) -> Floats:
    """(n,) a weight for each piece: its rarity, little for punctuation."""
    return np.array(
        [
            weights.get(name, UNSEEN) if name.isalnum() or name.startswith("##") else SIGN
            for name in names
        ],
        np.float32,
    )


def nearest(these: Sense, those: Sense) -> Floats:
    """(n,) for each piece of ``these`` the cosine to the nearest piece of ``those``; 0 for none."""
    if not len(those.parts):
        return np.zeros(len(these.parts), np.float32)
    both: Floats = these.parts.astype(np.float32) @ those.parts.astype(np.float32).T
    best: Floats = both.max(axis=1)
    return best


def _parts(question: Sense, reference: Sense, answer: Sense, weights: Weights) -> list[float]:
    """Each piece of one side matched with the nearest of the other, the question's demoted."""
    if not len(answer.parts) or not len(reference.parts):
        return [0.0] * 15
    met, used = nearest(reference, answer), nearest(answer, reference)
    asked, echoed = nearest(reference, question), nearest(answer, question)
    told, said = rarity(reference.names, weights), rarity(answer.names, weights)
    new_told, new_said = told * (1 - asked).clip(0.02, 1), said * (1 - echoed).clip(0.02, 1)
    recall, precision = _mean(met, told), _mean(used, said)
    return [
        recall,
        precision,
        _balance(precision, recall),
        _mean(met, new_told),
        _mean(used, new_said),
        float(met.min()),
        float(met.mean()),
        float(used.mean()),
        float(used.min()),
        float(np.sort(met)[: max(1, len(met) // 3)].mean()),
        _mean((met > NEAR).astype(np.float32), new_told),
        float((said * (1 - np.maximum(used, echoed)).clip(0, 1)).sum()),
        float(new_said.sum()),
        float((met - asked).mean()),
        _mean(met - asked, told),
    ]


def _mean(values: Floats, weights: Floats) -> float:
    return float(values @ weights / weights.sum())


def _balance(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def _shared(question: Read, reference: Read, answer: Read, weights: Weights) -> list[float]:
    """Weighted share of equal stems: all, without the question's, and with the question."""
    asked = set(question.content)
    told, said = set(reference.content), set(answer.content)
    echo, echoed, _ = _overlap(said, asked, weights)
    return [
        *_overlap(said, told, weights),
        *_overlap(said - asked, told - asked, weights),
        echo,
        echoed,
    ]


def _overlap(said: set[str], told: set[str], weights: Weights) -> tuple[float, float, float]:
    """Precision, recall and their balance, words weighted by rarity."""

    def size(words: set[str]) -> float:
        return sum(weights.get("=" + word, UNSEEN) for word in words)

    both, of_said, of_told = size(said & told), size(said), size(told)
    precision = both / of_said if of_said else 0.0
    recall = both / of_told if of_told else 0.0
    return precision, recall, _balance(precision, recall)


def _spelled(question: Read, reference: Read, answer: Read) -> list[float]:
    """Runs of characters and edit distances: what misspelt words leave."""
    a, r = answer.text, reference.text
    return [
        _cosine(answer.grams[0], reference.grams[0]),
        _cosine(answer.grams[1], reference.grams[1]),
        _cosine(answer.grams[0], question.grams[0]),
        fuzz.ratio(a, r) / 100,
        fuzz.token_set_ratio(a, r) / 100,
        fuzz.partial_ratio(a, r) / 100,
        fuzz.token_sort_ratio(a, r) / 100,
    ]


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    both = sum(count * other[run] for run, count in one.items() if run in other)
    length = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return both / length if length else 0.0


def _sizes(question: Read, reference: Read, answer: Read) -> list[float]:
    asked, told, said = set(question.content), set(reference.content), set(answer.content)
    long, due = math.log1p(len(answer.words)), math.log1p(len(reference.words))
    return [
        long,
        due,
        long - due,
        len(said - told - asked),
        len(said - asked),
        len(said),
        len(told - asked),
        math.log1p(len(question.words)),
    ]


def _denied(question: Read, reference: Read, answer: Read) -> list[float]:
    """Denials on each side and opposites: what turns a near answer into its contrary."""
    opposites = opposed(reference, answer)
    same = sum(word in OPPOSITES for word in set(answer.words) & set(reference.words))
    return [
        answer.denials,
        reference.denials,
        question.denials,
        float((answer.denials > 0) != (reference.denials > 0)),
        answer.denials - reference.denials,
        len(opposites),
        same,
        float(bool(opposites)),
    ]


def _told(reference: Read, answer: Read) -> list[float]:
    """Numbers, and signs of how an answer or a reference is put."""
    said, told = set(answer.words), set(reference.words)
    return [
        float(bool(reference.numbers)),
        float(bool(reference.numbers - answer.numbers)),
        float(bool(answer.numbers - reference.numbers)),
        len(answer.numbers & reference.numbers),
        float(answer.text.startswith("yes")),
        float(answer.text.startswith("no")),
        float(reference.text.startswith("yes")),
        float(reference.text.startswith("no")),
        float("because" in said),
        float("know" in said and "n't" in said),
        float("?" in answer.text),
        float("vary" in told or "answers" in told),
    ]
