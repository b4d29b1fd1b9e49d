"""The room's addresses."""

from django.urls import path

from yunke.insight.sensing.views import pulse

urlpatterns = [
    path("pulse", pulse.home, name="pulse_home"),
    path("pulse/<int:person_id>", pulse.person, name="pulse_person"),
    path("pulse/<int:person_id>/bring", pulse.bring, name="pulse_bring"),
    path("pulse/<int:person_id>/delete", pulse.delete_all, name="pulse_delete_all"),
    path("pulse/<int:person_id>/<int:pulse_id>", pulse.one, name="pulse_one"),
    path("pulse/<int:person_id>/<int:pulse_id>/delete", pulse.delete, name="pulse_delete"),
]
