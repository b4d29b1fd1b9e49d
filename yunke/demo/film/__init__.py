"""Lesson films for the demo city, made by code.

In: scripts (`scripts/`), stroke data of Chinese characters, a few recorded voices (`voices/`), and
espeak-ng
where it is installed. Kept: nothing. Out: for each film a folder with video.mp4, captions,
chapters, poster,
board.pdf and truth.json, which says to the frame what was written and to the sample who spoke.

`films()` lists them, `make(film, out_dir)` makes one; `python -m yunke.demo.film OUT_DIR` makes
all.
"""

from .making import films, make
from .values import Film, Made

__all__ = ["Film", "Made", "films", "make"]
