"""What the site and the demo may ask of practice. Nothing lies above it in the school's wing."""

from yunke.school.practice.actions.deriving import people_derive, people_rederive, people_waiting
from yunke.school.practice.actions.drilling import drills_make
from yunke.school.practice.actions.explaining import explanation_send
from yunke.school.practice.actions.following import answered_keep
from yunke.school.practice.actions.living import cards_number, live_answer, live_start
from yunke.school.practice.reads.book import errors_of, points_lines
from yunke.school.practice.values import Source, Told

__all__ = [
    "Source",
    "Told",
    "answered_keep",
    "cards_number",
    "drills_make",
    "errors_of",
    "explanation_send",
    "live_answer",
    "live_start",
    "people_derive",
    "people_rederive",
    "people_waiting",
    "points_lines",
]
