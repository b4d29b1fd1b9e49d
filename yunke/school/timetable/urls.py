"""Addresses of the timetable."""

from django.urls import path

from yunke.school.timetable.views import onair, plan, today, week

urlpatterns = [
    path("week", week.week, name="week"),
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
