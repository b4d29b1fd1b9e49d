"""The room's addresses."""

from django.urls import path

from yunke.insight.screen.views import participation

UNIT = "participation/<slug:level>/<int:org_id>"
urlpatterns = [
    path("participation", participation.participation, name="participation"),
    path(UNIT, participation.unit_page, name="participation_unit"),
    path(UNIT + "/grade/<int:grade>", participation.unit_page, name="participation_grade"),
    path(UNIT + "/wall", participation.wall, name="participation_wall"),
]
