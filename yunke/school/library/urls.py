"""The library's addresses."""

from django.urls import path

from yunke.school.library.views import catalogue, files, make, uploads

urlpatterns = [
    path("catalogue", catalogue.catalogue, name="catalogue"),
    path("make", make.desk, name="make"),
    path("make/new", make.lesson_new, name="make_new"),
    path("make/points", make.points, name="make_points"),
    path("make/<int:lesson_id>", make.lesson_page, name="make_lesson"),
    path("make/<int:lesson_id>/publish", make.publish, name="make_publish"),
    path("make/<int:lesson_id>/withdraw", make.withdraw, name="make_withdraw"),
    path("make/<int:lesson_id>/files/<str:kind>", files.files, name="make_files"),
    path("make/<int:lesson_id>/files/<int:asset_id>/remove", files.remove, name="file_remove"),
    path("uploads", uploads.begin, name="uploads"),
    path("uploads/<int:upload_id>", uploads.one, name="upload"),
]
