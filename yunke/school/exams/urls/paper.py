"""Addresses of sheets, scans and the marking desk."""

from django.urls import path

from yunke.school.exams.views import desk, desk_lead, scans, sheets

E = "exams/<int:exam_id>"
urlpatterns = [
    path(f"{E}/sheets", sheets.sheets_page, name="exam_sheets"),
    path(f"{E}/sheets/layout", sheets.layout_made, name="exam_sheets_layout"),
    path(f"{E}/sheets/print", sheets.printing_asked, name="exam_sheets_print"),
    path(f"{E}/sheets/preview/<int:sheet_page>.png", sheets.preview, name="exam_sheets_preview"),
    path(f"{E}/sheets/print/<int:print_id>.pdf", sheets.printing_file, name="exam_print_file"),
    path(f"{E}/sheets/<int:answer_sheet>/lacking", scans.lacking, name="exam_sheet_lacking"),
    path(f"{E}/scans", scans.scans_page, name="exam_scans"),
    path(f"{E}/scans/state", scans.scans_state, name="exam_scans_state"),
    path(f"{E}/scans/phone", scans.phone_page, name="exam_scans_phone"),
    path(f"{E}/doubts", scans.doubts_page, name="exam_doubts"),
    path(f"{E}/doubts/<int:scan_page>", scans.doubt_page, name="exam_doubt"),
    path(f"{E}/pages/<int:scan_page>.jpg", scans.page_picture, name="exam_page_picture"),
    path("desk", desk.desk_page, name="desk"),
    path("desk/<int:desk_item>", desk.item_page, name="desk_item"),
    path("desk/<int:desk_item>/take", desk.item_take, name="desk_take"),
    path("desk/<int:desk_item>/give", desk.item_give, name="desk_give"),
    path("desk/<int:desk_item>/back", desk.item_back, name="desk_back"),
    path("desk/<int:desk_item>/free", desk.item_free, name="desk_free"),
    path("desk/<int:desk_item>/comment", desk.item_comment, name="desk_comment"),
    path("desk/crop/<int:given>.jpg", desk.crop, name="desk_crop"),
    path(f"{E}/desk", desk_lead.lead_page, name="desk_lead"),
    path(f"{E}/desk/fill", desk_lead.filled, name="desk_fill"),
    path(f"{E}/desk/assign", desk_lead.assigned, name="desk_assign"),
    path(f"{E}/desk/samples", desk_lead.sampled, name="desk_sample"),
    path(f"{E}/desk/samples/<int:sample>/end", desk_lead.sample_ended, name="desk_sample_end"),
    path(f"{E}/desk/<int:desk_item>", desk_lead.item_set, name="desk_item_set"),
    path(f"{E}/desk/<int:desk_item>/unassign", desk_lead.unassigned, name="desk_unassign"),
]
