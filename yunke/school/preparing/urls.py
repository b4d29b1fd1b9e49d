"""The room's addresses."""

from django.urls import path

from yunke.school.preparing.views import desk, editor, history, people, talk

L = "make/<int:lesson_id>"
urlpatterns = [
    path("make", desk.desk, name="make"),
    path(L, editor.lesson_page, name="make_lesson"),
    path(f"{L}/publish", editor.publish, name="make_publish"),
    path(f"{L}/withdraw", editor.withdraw, name="make_withdraw"),
    path(f"{L}/files/<int:asset_id>/remove", editor.file_removed, name="file_remove"),
    path(f"{L}/people", people.people, name="make_people"),
    path(f"{L}/people/names", people.names, name="make_names"),
    path(f"{L}/people/invite", people.invite, name="make_invite"),
    path(f"{L}/people/<int:person_id>/remove", people.remove, name="make_colleague_remove"),
    path(f"{L}/pulse", people.pulse, name="make_pulse"),
    path(f"{L}/talk", talk.talk, name="make_talk"),
    path(f"{L}/talk/seen", talk.seen, name="make_seen"),
    path(f"{L}/talk/<int:thread_id>/answer", talk.answer, name="make_answer"),
    path(f"{L}/talk/<int:thread_id>/resolve", talk.resolve, name="make_resolve"),
    path(f"{L}/suggest", talk.suggest, name="make_suggest"),
    path(f"{L}/suggestions/<int:suggestion_id>", talk.decide, name="make_decide"),
    path(f"{L}/versions", history.versions, name="make_versions"),
    path(f"{L}/versions/<int:number>", history.version, name="make_version"),
    path(f"{L}/versions/<int:number>/restore", history.restore, name="make_restore"),
    path(f"{L}/versions/<int:number>/label", history.label, name="make_label"),
    path(f"{L}/compare", history.compare, name="make_compare"),
]
