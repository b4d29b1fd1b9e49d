"""Addresses of the room."""

from django.urls import path

from yunke.school.homework.views import changes, desk, lists, new, one, voices

urlpatterns = [
    path("homework", lists.homework_page, name="homework"),
    path("homework/new", new.homework_new, name="homework_new"),
    path("homework/new/load", new.homework_load),
    path("homework/groups", new.group_new),
    path("homework/phrases", desk.phrase_new),
    path("homework/phrases/<int:phrase_id>/remove", desk.phrase_gone),
    path("homework/voice/<int:voice_id>", voices.voice_played),
    path("homework/voice/<int:voice_id>/remove", voices.voice_gone),
    path("homework/<int:homework_id>", one.homework_one, name="homework_one"),
    path("homework/<int:homework_id>/again", one.homework_corrected),
    path("homework/<int:homework_id>/record/<int:asked_id>", voices.answer_kept),
    path("homework/<int:homework_id>/due", changes.due_moved),
    path("homework/<int:homework_id>/extend", changes.extended),
    path("homework/<int:homework_id>/withdraw", changes.withdrawn),
    path("homework/<int:homework_id>/return", desk.returned),
    path("homework/<int:homework_id>/results.csv", changes.results),
    path("homework/<int:homework_id>/mark", desk.desk_page),
    path("homework/<int:homework_id>/mark/<int:work_id>", desk.desk_paper),
    path("homework/<int:homework_id>/mark/<int:work_id>/save", desk.desk_saved),
    path("homework/<int:homework_id>/mark/<int:work_id>/voice", voices.note_kept),
    path("child/<int:child_id>/homework", lists.child_shelf),
    path("child/<int:child_id>/homework/<int:homework_id>", one.child_one),
    path("child/<int:child_id>/homework/<int:homework_id>/sign", one.child_signed),
]
