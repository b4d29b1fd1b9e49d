"""What other rooms may ask of privacy."""

from yunke.ground.privacy.actions.erase import erasures_replay
from yunke.ground.privacy.actions.retention import dry_run, purge
from yunke.ground.privacy.actions.wishes import copy_ask, erase_ask, erase_decide
from yunke.ground.privacy.reads.copy import copy_narrowed
from yunke.ground.privacy.reads.parts import part_of_person
from yunke.ground.privacy.reads.schedule import Group, schedule
from yunke.ground.privacy.values import Part

__all__ = [
    "Group",
    "Part",
    "copy_ask",
    "copy_narrowed",
    "dry_run",
    "erase_ask",
    "erase_decide",
    "erasures_replay",
    "part_of_person",
    "purge",
    "schedule",
]
