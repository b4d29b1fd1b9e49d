"""The room's addresses."""

from django.urls import path

from yunke.ground.consent.views import own, paper, school

urlpatterns = [
    path("consent", own.home, name="consent_home"),
    path("consent/school", school.school, name="consent_school"),
    path("consent/school/<int:org_id>", school.counts, name="consent_counts"),
    path("consent/sheet/<int:sheet_id>", paper.sheet, name="consent_sheet"),
    path("consent/sheet/<int:sheet_id>/decide", paper.decide, name="consent_decide"),
    path("consent/<int:person_id>", own.person, name="consent_person"),
    path("consent/<int:person_id>/form.pdf", paper.form_own, name="consent_form"),
    path("consent/<int:person_id>/<slug:key>", own.detail, name="consent_detail"),
    path("consent/<int:person_id>/<slug:key>/answer", own.answer, name="consent_answer"),
    path("class/<int:class_id>/consent", paper.class_forms, name="consent_class"),
    path("class/<int:class_id>/consent/print", paper.forms_print, name="consent_print"),
    path("class/<int:class_id>/consent/<int:person_id>", paper.enter, name="consent_enter"),
]
