"""The child: lines of JSON in, lines of JSON out; little time, little memory, no files.

``python -m yunke.craft.marking.formulas.worker SECONDS MEGABYTES``. A line is
``[key, answer]``, two lists of readings of statements; the reply is ``[same, reason]``.
"""

import json
import resource
import sys

from yunke.craft.marking.formulas.comparing import TooLarge, same_statement
from yunke.craft.marking.formulas.values import Same

Statements = list[list[object]]


def replied(key: Statements, answer: Statements) -> tuple[Same, str]:
    """Every alternative of the key must have its own in the answer, and none may be left over."""
    if len(key) != len(answer):
        return Same.NO, "count"
    left, unsure = list(answer), False
    for one in key:
        said = [same_statement(one, other) for other in left]
        if Same.YES in said:
            left.pop(said.index(Same.YES))
        elif Same.UNSURE in said:
            unsure = True
        else:
            return Same.NO, "refuted"
    return (Same.UNSURE, "domain") if unsure else (Same.YES, "same")


def answered(line: str) -> list[str]:
    """The reply to one line; trouble of any kind is unsure, never wrong."""
    try:
        key, answer = json.loads(line)
        same, reason = replied(key, answer)
    except TooLarge:
        same, reason = Same.UNSURE, "too-large"
    except MemoryError:
        same, reason = Same.UNSURE, "memory"
    except RecursionError:
        same, reason = Same.UNSURE, "too-deep"
    except Exception as trouble:  # sympy raises what it likes; a person looks
        same, reason = Same.UNSURE, type(trouble).__name__
    return [same.value, reason]


def tie(seconds: int, megabytes: int) -> None:
    """Memory for good, no files; processor time anew for each line by ``more_time``."""
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    more_time(seconds)


def more_time(seconds: int) -> None:
    """The child dies when it has used so many more seconds of processor."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def main(words: list[str]) -> int:
    seconds, megabytes = int(words[0]), int(words[1])
    tie(seconds, megabytes)
    for line in sys.stdin:
        more_time(seconds)
        sys.stdout.write(json.dumps(answered(line)) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
