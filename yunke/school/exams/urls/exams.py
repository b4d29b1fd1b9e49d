"""Addresses of papers, exams, sittings, results."""

from django.urls import path

from yunke.school.exams.views import booklet, exams, home, papers, results, room, sitting

urlpatterns = [
    path("exams", exams.exams_page, name="exams"),
    path("exams/papers", papers.papers_page, name="papers"),
    path("exams/papers/<int:paper_id>", papers.paper_page, name="paper"),
    path("exams/papers/<int:paper_id>/booklet.pdf", booklet.booklet, name="paper_booklet"),
    path("exams/papers/<int:paper_id>/change", papers.paper_changed, name="paper_change"),
    path("exams/papers/<int:paper_id>/makers", papers.paper_makers, name="paper_makers"),
    path("exams/papers/<int:paper_id>/retire", papers.paper_retired, name="paper_retire"),
    path("exams/new", exams.plan_page, name="exam_new"),
    path("exams/<int:exam_id>", exams.exam_page, name="exam"),
    path("exams/<int:exam_id>/move", exams.move_page, name="exam_move"),
    path("exams/<int:exam_id>/withdraw", exams.withdrawn, name="exam_withdraw"),
    path("exams/<int:exam_id>/extra", exams.extra_page, name="exam_extra"),
    path("exams/<int:exam_id>/release-at", exams.release_time, name="exam_release_at"),
    path("exams/<int:exam_id>/start", sitting.started, name="exam_start"),
    path("exams/<int:exam_id>/sit", sitting.sit, name="exam_sit"),
    path("exams/<int:exam_id>/pulse", sitting.pulse, name="exam_pulse"),
    path("exams/<int:exam_id>/room", room.room, name="exam_room"),
    path("exams/<int:exam_id>/room/<slug:what>", room.room_done, name="exam_room_done"),
    path("exams/<int:exam_id>/watch/<int:child_id>", home.watch, name="exam_watch"),
    path(
        "exams/<int:exam_id>/watch/<int:child_id>/pages", home.watch_page, name="exam_watch_pages"
    ),
    path(
        "exams/<int:exam_id>/watch/<int:child_id>/<slug:what>", home.watch_done,
        name="exam_watch_done",
    ),
    path("exams/<int:exam_id>/marks", results.marks_page, name="exam_marks"),
    path("exams/<int:exam_id>/marks/<int:reply_id>", results.marked, name="exam_mark"),
    path("exams/<int:exam_id>/release", results.released, name="exam_release"),
    path("exams/<int:exam_id>/analysis", results.analysis, name="exam_analysis"),
    path("exams/<int:exam_id>/review", results.review, name="exam_review"),
    path("exams/<int:exam_id>/results", results.results, name="exam_results"),
    path("exams/<int:exam_id>/results.csv", results.table, name="exam_table"),
    path("exams/<int:exam_id>/result", results.result_page, name="exam_result"),
    path("exams/<int:exam_id>/result/<int:child_id>", results.result_page, name="exam_result_of"),
    path("exams/<int:exam_id>/appeal", results.appealed, name="exam_appeal"),
    path("exams/<int:exam_id>/appeals", results.appeals_page, name="exam_appeals"),
    path(
        "exams/<int:exam_id>/appeals/<int:appeal_id>", results.appeal_answered,
        name="exam_appeal_answer",
    ),
]  # fmt: skip
