"""The films of the demo city: rendered in the background, adopted one by one as they finish."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

from yunke.demo.catalogue import Catalogue
from yunke.demo.film import films
from yunke.demo.questions import film_tasks
from yunke.school.lessons.door import TaskRow, tasks_write
from yunke.school.library.door import film_adopt, lesson_cards

NICE = 5


class NotFilmed(Exception):
    """The film program failed; its text is the program's last words."""


class Films:
    """The film program at work. ``finished`` gives the slugs in the order of finishing."""

    def __init__(self, folder: Path, *, only: tuple[str, ...] = (), jobs: int = 0) -> None:
        self.folder = folder
        self.shares = {film.slug: 0.0 for film in films() if not only or film.slug in only}
        command = [sys.executable, "-m", "yunke.demo.film", str(folder)]
        command += ["--jobs", str(jobs or os.cpu_count() or 2)]
        command += ["--only", *only] if only else []
        # Rows are written while films are made; the rows go first.
        self._process = subprocess.Popen(
            ["nice", "-n", str(NICE), *command],  # noqa: S607
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._told: SimpleQueue[str | None] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def share(self) -> float:
        return sum(self.shares.values()) / max(1, len(self.shares))

    def finished(self) -> Iterator[str]:
        """Wait for each film. An empty text comes every second while nothing has finished.

        Raises NotFilmed when the program failed; films that had finished were given before.
        """
        while True:
            try:
                slug = self._told.get(timeout=1)
            except Empty:
                slug = ""
            if slug is None:
                break
            yield slug
        if self._process.wait():
            words = self._process.stderr.read() if self._process.stderr else ""
            raise NotFilmed(words[-600:])

    def stop(self) -> None:
        self._process.terminate()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            try:
                told = json.loads(line)
                slug, share = told["film"], float(told["share"])
            except (ValueError, KeyError, TypeError):
                continue
            self.shares[slug] = share
            if share >= 1 and told.get("stage") in {"done", "kept"}:
                self._told.put(slug)
        self._told.put(None)


def adopt(catalogue: Catalogue, slug: str, folder: Path, questions: dict[str, int]) -> int:
    """Give a finished film to its lesson, with its tasks; gives its length in whole seconds."""
    lesson = next(taught for taught in catalogue.lessons if taught.film == slug)
    film_adopt(lesson.id, folder / slug)
    seconds = round(lesson_cards([lesson.id])[lesson.id].seconds)
    tasks_write(
        [
            TaskRow(lesson.id, round(task.share * seconds, 1), questions[task.question.code])
            for task in film_tasks()
            if task.film == slug
        ]
    )
    return seconds
