"""``python -m yunke.craft.marking.tests.measure_causes [EACH]``: the figures of the causes' card.

One line per question: bugs and slips written a second time (``outsiders``), exact shares of slips
over families of items (``papers``), the library on its own answers, whole papers of pupils who
follow one bug and of pupils who only slip.
"""

import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from math import sqrt

from yunke.craft.marking.causes import BUGS, Known, bugs_giving, causes_of, find_causes
from yunke.craft.marking.causes.claims import right_writings, work_out
from yunke.craft.marking.causes.reading import read_item
from yunke.craft.marking.causes.replies import read_reply
from yunke.craft.marking.causes.slips import Slip, slip_shares
from yunke.craft.marking.tests import outsiders
from yunke.craft.marking.tests.papers import FAMILIES, drawn_items

PAPER = 10


def interval(hits: int, count: int) -> list[float]:
    """Wilson's 95 % interval of a share, in percent."""
    if not count:
        return [0.0, 100.0]
    z, p = 1.96, hits / count
    middle, spread = p + z * z / (2 * count), z * sqrt(p * (1 - p) / count + z * z / (4 * count**2))
    low, high = ((middle + sign * spread) / (1 + z * z / count) for sign in (-1, 1))
    return [round(100 * low, 2), round(100 * high, 2)]


def figure(name: str, hits: int, count: int) -> dict[str, object]:
    share = round(100 * hits / max(count, 1), 2)
    return {"what": name, "hits": hits, "of": count, "percent": share, "95%": interval(hits, count)}


def outsiders_bugs(each: int, rng: random.Random) -> Iterator[dict[str, object]]:
    hits = count = 0
    for bug in outsiders.BUGS:
        found = seen = 0
        while seen < each:
            drawn = bug(rng)
            if drawn:
                seen += 1
                found += bool(find_causes(*drawn).causes)
        hits, count = hits + found, count + seen
        if found < seen:
            yield figure(f"outsiders' {bug.__name__} told", found, seen)
    yield figure("outsiders' bugs told from one answer", hits, count)


def outsiders_slips(each: int, rng: random.Random) -> Iterator[dict[str, object]]:
    for name, slip in outsiders.SLIPS.items():
        told = count = 0
        while count < 10 * each:
            item, right = outsiders.drawn_item(rng)
            found = find_causes(item, slip(right, rng))
            if found.correct is False:
                count += 1
                told += bool(found.causes)
        yield figure(f"outsiders' slip '{name}' taken for a bug", told, count)


def counted_slips(each: int, rng: random.Random) -> Iterator[dict[str, object]]:
    """Exact: of all results of a kind of slip, the share told; the mean and the worst family."""
    means: dict[Slip, dict[str, float]] = defaultdict(dict)
    for family, draw in FAMILIES.items():
        sums: dict[Slip, float] = defaultdict(float)
        for item in (draw(rng) for _ in range(each)):
            problem, worked = read_item(item), work_out(item)
            if problem is None or worked is None:
                continue
            shares = slip_shares(right_writings(problem)[0])
            for one in worked.yields:
                for kind, share in shares.of(one.reply).items() if one.told else ():
                    sums[kind] += share
        for kind in Slip:
            means[kind][family] = 100 * sums[kind] / each
    for kind, families in means.items():
        worst = max(families, key=lambda name: families[name])
        mean = sum(families.values()) / len(families)
        yield {
            "what": f"counted slip '{kind.value}' taken for a bug", "mean percent": round(mean, 2),
            "worst": worst, "worst percent": round(families[worst], 2),
        }  # fmt: skip


def own_answers(each: int, rng: random.Random) -> Iterator[dict[str, object]]:
    reproduced = count = 0
    told: dict[Known, list[int]] = {known: [0, 0] for known in Known}
    for item in drawn_items(rng, each):
        problem, worked = read_item(item), work_out(item)
        if problem is None or worked is None:
            continue
        for bug in BUGS:
            for answer in bug.answers(problem)[:1]:
                reply = read_reply(answer, worked.dimension)
                if reply is None or worked.is_right(reply):
                    continue
                count += 1
                reproduced += bug.id in {one.bug.id for one in bugs_giving(item, answer)}
                told[bug.known][0] += bug.id in {
                    one.bug.id for one in find_causes(item, answer).causes
                }
                told[bug.known][1] += 1
    yield figure("own answers reproduced", reproduced, count)
    for known, (hits, of) in told.items():
        yield figure(f"own answers of {known.name} bugs told from one answer", hits, of)


def _slipping(right: str, rng: random.Random) -> str:
    """Right seven times of ten, else one of the slips."""
    if rng.random() >= 0.3 or not right.isdigit():
        return right
    return rng.choice(list(outsiders.SLIPS.values()))(right, rng)


def papers(each: int, rng: random.Random) -> Iterator[dict[str, object]]:
    """Of every bug where it shows on three of ten items of a family: is it found?"""
    hits = count = told = slipping = 0
    for draw in FAMILIES.values():
        items = [draw(rng) for _ in range(PAPER)]
        rights = [
            right_writings(problem)[0][0].number for problem in map(read_item, items) if problem
        ]
        if len(rights) < PAPER:
            continue
        for bug in BUGS:
            yielded = [bug.answers(problem)[:1] for problem in map(read_item, items) if problem]
            answers = [one[0] if one else right for one, right in zip(yielded, rights, strict=True)]
            paper = list(zip(items, answers, strict=True))
            if sum(find_causes(*pair).correct is False for pair in paper) < 3:
                continue
            count += 1
            found = causes_of(paper)
            best = [one.bug.id for one in found if one.explains == found[0].explains]
            hits += bug.id in best
        for _ in range(each):
            pairs = zip(items, rights, strict=True)
            noisy = [(item, _slipping(right, rng)) for item, right in pairs]
            slipping += 1
            told += bool(causes_of(noisy))
    yield figure("bug found on a paper of ten", hits, count)
    yield figure("paper of ten with slips only, some bug told", told, slipping)


def main(words: list[str]) -> int:
    each = int(words[0]) if words else 20
    for question in (own_answers, outsiders_bugs, outsiders_slips, counted_slips, papers):
        for row in question(each, random.Random(2026)):
            print(json.dumps(row, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
