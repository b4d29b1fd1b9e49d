"""The child process: limits were taken before this program began."""

import sys
from pathlib import Path

from yunke.craft.formats.examine.captions import examine_captions
from yunke.craft.formats.examine.courseware import examine_courseware
from yunke.craft.formats.examine.verdict import Verdict
from yunke.craft.formats.examine.video import examine_video

KINDS = {
    "video": examine_video,
    "courseware": examine_courseware,
    "captions": examine_captions,
}


def main(words: list[str]) -> int:
    kind, file, *rest = words
    out = Path(rest[0]) if rest else None
    try:
        verdict = KINDS[kind](Path(file), out)
    except MemoryError:
        verdict = Verdict("too-much")
    print(verdict.as_line())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
