"""``./run verify``: walk the audit's chain and say whether it is whole, or where it is not.

``./run verify --code 7F3A-09BC-51DE`` answers for a code that a guardian wrote down.
The exit status is 1 when something was touched.
"""

import json
import os
import sys

import django

from yunke.site.env import BadSetting


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    django.setup()
    if words[:1] == ["--code"]:
        return code(" ".join(words[1:]))
    return chain()


def chain() -> int:
    from yunke.ground.audit.door import is_ours, second_place, verify  # noqa: PLC0415

    verdict = verify(second_place=second_place(), ours=is_ours, told=_progress)
    for fault in verdict.faults:
        where = f"{fault.seq}-{fault.until}" if fault.until > fault.seq else str(fault.seq)
        print(f"  ✗ {fault.kind.value:10} line {where}: {fault.text}")
    told = {
        "good": verdict.good, "lines": verdict.lines, "first": verdict.first,
        "last": verdict.last, "checkpoints": verdict.checkpoints, "emptied": verdict.emptied,
        "faults": len(verdict.faults), "seconds": round(verdict.seconds, 2),
    }  # fmt: skip
    print(json.dumps(told))
    return 0 if verdict.good else 1


def code(typed: str) -> int:
    from yunke.ground.audit.door import code_check  # noqa: PLC0415

    answer = code_check(typed)
    if answer is None:
        print(json.dumps({"known": False}))
        return 1
    at = answer.checkpoint.at.isoformat(timespec="seconds")
    print(json.dumps({"known": True, "at": at, "line": answer.checkpoint.seq, "held": answer.held}))
    return 0 if answer.held else 1


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {done} / {of}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BadSetting as trouble:
        sys.exit(str(trouble))
