"""The room's addresses."""

from django.urls import path

from yunke.gate.exchange.views import examples, roster

urlpatterns = [
    path("roster", roster.rosters, name="rosters"),
    path("roster/example/<slug:name>", examples.example, name="roster_example"),
    path("roster/export", examples.export, name="roster_export"),
    path("roster/export/<int:second_id>/decide", examples.export_decided, name="export_decided"),
    path("roster/export/<int:second_id>/file", examples.export_file, name="export_file"),
    path("roster/<int:import_id>", roster.roster, name="roster"),
    path("roster/<int:import_id>/progress", roster.progress, name="roster_progress"),
    path("roster/<int:import_id>/wrong", roster.wrong_list, name="roster_wrong"),
    path("roster/<int:import_id>/columns", roster.columns, name="roster_columns"),
    path("roster/<int:import_id>/second", roster.second_asked, name="roster_second"),
    path("roster/<int:import_id>/decide", roster.second_decided, name="roster_decide"),
    path("roster/<int:import_id>/write", roster.write, name="roster_write"),
    path("roster/<int:import_id>/drop", roster.drop, name="roster_drop"),
    path("roster/<int:import_id>/undo", roster.undo, name="roster_undo"),
]
