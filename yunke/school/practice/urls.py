"""Addresses of the room."""

from django.urls import path

from yunke.school.practice.views import child, classes, films, live, own, papers

CLASS = "practice/class/<int:class_id>"
QUESTION = f"{CLASS}/question/<int:erred_id>"

urlpatterns = [
    path("practice", own.practice_page, name="practice"),
    path("practice/error/<int:entry_id>", own.error_page, name="practice_error"),
    path("practice/error/<int:entry_id>/word", own.word_said, name="practice_word"),
    path("practice/error/<int:entry_id>/film", own.film_opened, name="practice_film_open"),
    path("practice/points", own.points_page, name="practice_points"),
    path("practice/points/<int:point_id>", own.point_page, name="practice_point"),
    path("practice/doubt", own.doubt_said, name="practice_doubt"),
    path("practice/drill", own.drill_wanted, name="practice_drill_new"),
    path("practice/drill/<int:drill_id>", own.drill_page, name="practice_drill"),
    path("practice/paper", own.paper_sent, name="practice_paper"),
    path("practice/film/<int:explanation_id>", films.film, name="practice_film"),
    path("practice/child/<int:child_id>", child.child_page, name="practice_child"),
    path("practice/child/<int:child_id>/points/<int:point_id>", child.child_point),
    path("practice/child/<int:child_id>/doubt", child.child_doubt, name="practice_child_doubt"),
    path(CLASS, classes.class_page, name="practice_class"),
    path(f"{CLASS}/drills", classes.drills_now, name="practice_drills"),
    path(f"{CLASS}/exercise", classes.exercise_sent, name="practice_exercise"),
    path(f"{CLASS}/point/<int:point_id>", classes.curve_page, name="practice_curve"),
    path(f"{CLASS}/doubts/<int:doubt_id>", classes.doubt_answered, name="practice_doubts"),
    path(QUESTION, classes.question_page, name="practice_question"),
    path(f"{QUESTION}/cause", classes.cause_corrected, name="practice_cause"),
    path(f"{QUESTION}/explain", films.explained, name="practice_explain"),
    path(f"{CLASS}/films/<int:explanation_id>/withdraw", films.withdrawn, name="practice_withdraw"),
    path(f"{CLASS}/printing", classes.print_wanted, name="practice_print"),
    path(f"{CLASS}/printing/<int:sheets_id>", classes.printing_page, name="practice_printing"),
    path(f"{CLASS}/printing/<int:sheets_id>/sheets.pdf", classes.printing_file),
    path(f"{CLASS}/papers", papers.papers_page, name="practice_papers"),
    path(f"{CLASS}/papers/new", papers.papers_sent, name="practice_papers_new"),
    path(f"{CLASS}/papers/<int:brought_id>", papers.paper_decided, name="practice_paper_decide"),
    path(f"{CLASS}/papers/<int:brought_id>/picture", papers.paper_picture),
    path("live-quiz/class/<int:class_id>", live.choose_page, name="live_choose"),
    path("live-quiz/class/<int:class_id>/start", live.started, name="live_start"),
    path("live-quiz/class/<int:class_id>/cards", live.cards_printed, name="live_cards"),
    path("live-quiz/<int:live_id>", live.live_page, name="live_quiz"),
    path("live-quiz/<int:live_id>/bars", live.bars_part, name="live_bars"),
    path("live-quiz/<int:live_id>/state", live.state_part, name="live_state"),
    path("live-quiz/<int:live_id>/answer", live.answered, name="live_answer"),
    path("live-quiz/<int:live_id>/camera", live.camera_page, name="live_camera"),
    path("live-quiz/<int:live_id>/seen", live.cards_seen, name="live_seen"),
    path("live-quiz/<int:live_id>/show", live.shown, name="live_show"),
    path("live-quiz/<int:live_id>/end", live.ended, name="live_end"),
]
