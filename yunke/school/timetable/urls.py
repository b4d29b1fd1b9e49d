"""Addresses of the timetable."""

from django.urls import path

from yunke.school.timetable.views import (
    airing,
    bells,
    onair,
    pacing,
    plan,
    sheet,
    terms,
    today,
    week,
)

urlpatterns = [
    path("week", week.week, name="week"),
    path("terms", terms.terms, name="terms"),
    path("terms/save", terms.term_save, name="term_save"),
    path("terms/<int:term_id>/drop", terms.term_drop, name="term_drop"),
    path("terms/off", terms.off_save, name="off_save"),
    path("terms/off/<int:off_id>/drop", terms.off_drop, name="off_drop"),
    path("pacing", pacing.pacing, name="pacing"),
    path("pacing/lay", pacing.pace_lay_all, name="pace_lay"),
    path("pacing/move", pacing.pace_save, name="pace_move"),
    path("pacing/lose", pacing.week_lost, name="week_lose"),
    path("pacing/lost/<int:lost_id>/back", pacing.week_back, name="week_back"),
    path("class/<int:class_id>/pacing", pacing.class_pacing, name="class_pacing"),
    path("bells", bells.bells, name="bells"),
    path("timetable/import", sheet.sheet, name="sheet"),
    path("timetable/write", sheet.sheet_write, name="sheet_write"),
    path("onair/plan", airing.airing, name="airing"),
    path("onair", onair.onair, name="onair"),
    path("onair/remind/<int:broadcast_id>", onair.remind, name="remind"),
    path("today", today.home, name="today"),
    path("today/arrange", plan.arrange_page, name="arrange"),
    path("today/order", plan.arrange, name="order"),
    path("today/tick", plan.tick, name="tick"),
    path("today/add", plan.add, name="add"),
    path("today/remove", plan.remove, name="remove"),
    path("child/<int:pupil_id>/plan", today.child, name="child_plan"),
    path("child/<int:pupil_id>/plan/arrange", plan.arrange_page, name="child_arrange"),
    path("child/<int:pupil_id>/plan/order", plan.arrange, name="child_order"),
    path("child/<int:pupil_id>/plan/tick", plan.tick, name="child_tick"),
    path("child/<int:pupil_id>/plan/add", plan.add, name="child_add"),
    path("child/<int:pupil_id>/plan/remove", plan.remove, name="child_remove"),
]
