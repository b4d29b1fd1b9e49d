"""``python -m yunke.craft.marking.causes``: lines ``{"item","answer"}`` in, one line each out.

Out: ``{"correct": true|false|null, "causes": [{"id","name","reproduces"}]}``; null where item or
answer is not understood. A line that is no such object ends the run: exit 2 and its reason.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import IO

from yunke.craft.marking.causes.finding import find_causes


class Unusable(Exception):
    """A line that cannot be read; its text is the reason."""


def read_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """(item, answer) of each line that is not blank. Raises Unusable."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _pair(number, line)


def _pair(number: int, line: bytes) -> tuple[str, str]:
    try:
        # Numbers keep their digits: 0.50 is not 0.5 to a teacher.
        found = json.loads(line.decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as wrong:
        raise Unusable(f"line {number}: not JSON ({type(wrong).__name__})") from None
    if not isinstance(found, dict):
        raise Unusable(f"line {number}: not an object with item and answer")
    item, answer = found.get("item"), found.get("answer")
    if not isinstance(item, str) or "answer" not in found:
        raise Unusable(f"line {number}: item and answer are needed, item as text")
    if answer is not None and not isinstance(answer, str):
        raise Unusable(f"line {number}: the answer is neither text nor a number")
    return item, answer or ""


def main(source: IO[bytes], out: IO[str]) -> int:
    try:
        for item, answer in read_lines(source):
            found = find_causes(item, answer)
            causes = [
                {"id": one.bug.id, "name": one.bug.zh, "reproduces": one.reproduces}
                for one in found.causes
            ]
            out.write(
                json.dumps({"correct": found.correct, "causes": causes}, ensure_ascii=False) + "\n"
            )
    except Unusable as reason:
        out.flush()
        sys.stderr.write(f"{reason}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.stdin.buffer, sys.stdout))
