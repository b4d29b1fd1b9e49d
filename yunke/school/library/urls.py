"""The library's addresses."""

from django.urls import path

from yunke.school.library.views import (
    catalogue,
    county,
    files,
    make,
    questionedit,
    questionfiles,
    questionmedia,
    questions,
    uploads,
)

urlpatterns = [
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("county", county.shelf, name="county"),
    path("county/lesson/<int:lesson_id>", county.lesson, name="county_lesson"),
    path("county/unit/<int:unit_id>", county.unit, name="county_unit"),
    path("make/new", make.lesson_new, name="make_new"),
    path("make/points", make.points, name="make_points"),
    path("make/<int:lesson_id>/files/<str:kind>", files.files, name="make_files"),
    path("make/<int:lesson_id>/files/<str:kind>/whole", files.whole, name="make_files_whole"),
    path("questions", questions.questions, name="questions"),
    path("questions/new", questionedit.question_new, name="question_new"),
    path("questions/preview", questionedit.preview, name="question_preview"),
    path("questions/try", questionedit.try_out, name="question_try"),
    path("questions/picture", questionedit.picture, name="question_picture"),
    path("questions/import", questionfiles.bring, name="questions_bring"),
    path("questions/import/<int:file_id>", questionfiles.brought, name="questions_brought"),
    path("questions/import/<int:file_id>/write", questionfiles.take, name="questions_take"),
    path("questions/example", questionfiles.example, name="questions_example"),
    path("questions/export", questionfiles.export, name="questions_export"),
    path("questions/<int:question_id>", questionedit.question_page, name="question"),
    path("questions/<int:question_id>/retire", questionedit.retire, name="question_retire"),
    path("questions/pick", questions.pick, name="question_pick"),
    path("questions/media/<str:name>", questionmedia.media, name="question_media"),
    path("uploads", uploads.begin, name="uploads"),
    path("uploads/<int:upload_id>", uploads.one, name="upload"),
]
