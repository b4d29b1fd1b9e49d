"""Results, analyses and appeals, as plain values."""

from enum import StrEnum


class AppealState(StrEnum):
    OPEN = "open"
    CHANGED = "changed"
    EXPLAINED = "explained"
    TAKEN_BACK = "taken_back"
