"""The room's addresses."""

from django.urls import path

from yunke.insight.screen.views import capacity, export, participation

UNIT = "participation/<slug:level>/<int:org_id>"
urlpatterns = [
    path("capacity", capacity.capacity, name="capacity"),
    path("capacity/measure", capacity.measure_now, name="capacity_measure"),
    path("participation", participation.participation, name="participation"),
    path(UNIT, participation.unit_page, name="participation_unit"),
    path(UNIT + "/grade/<int:grade>", participation.unit_page, name="participation_grade"),
    path(UNIT + "/export", export.export, name="participation_export"),
    path(UNIT + "/grade/<int:grade>/export", export.export, name="participation_grade_export"),
    path(UNIT + "/wall", participation.wall, name="participation_wall"),
]
