"""The verbs of a taught hour."""

from yunke.school.lessons.actions.along import along_ask, along_drive, along_end, along_start
from yunke.school.lessons.actions.answers import answers_submit
from yunke.school.lessons.actions.history import (
    notes_write,
    presences_write,
    tasks_write,
    watches_write,
)
from yunke.school.lessons.actions.notes import note_delete, note_save
from yunke.school.lessons.actions.packs import pack_open, pack_send
from yunke.school.lessons.actions.progress import presence_tick, progress_save
from yunke.school.lessons.actions.tasks import task_put, task_remove, task_restore

__all__ = [
    "along_ask",
    "along_drive",
    "along_end",
    "along_start",
    "answers_submit",
    "note_delete",
    "note_save",
    "notes_write",
    "pack_open",
    "pack_send",
    "presence_tick",
    "presences_write",
    "progress_save",
    "task_put",
    "task_remove",
    "task_restore",
    "tasks_write",
    "watches_write",
]
