from django.urls import path

from yunke.ground.privacy.views import keeping, looked, mine, notice, second

urlpatterns = [
    path("second", second.seconds, name="seconds"),
    path("second/pupils", second.second_pupils, name="second_pupils"),
    path("second/<int:second_id>", second.second, name="second"),
    path("second/<int:second_id>/decide", second.second_decided, name="second_decided"),
    path("looked", looked.looked, name="looked"),
    path("looked/code", looked.looked_code, name="looked_code"),
    path("looked/school", looked.looked_school, name="looked_school"),
    path("looked/<int:person_id>", looked.looked, name="looked_child"),
    path("my-data", mine.my_data, name="my_data"),
    path("my-data/copy", mine.copy_asked, name="copy_asked"),
    path("my-data/erase", mine.erase_asked, name="erase_asked"),
    path("my-data/erase/<int:wish_id>/back", mine.erase_back, name="erase_back"),
    path("my-data/file/<int:wish_id>", mine.copy_taken, name="copy_taken"),
    path("data", keeping.data, name="data"),
    path("data/copy", keeping.copy_for, name="copy_for"),
    path("data/bulk", keeping.bulk_asked, name="bulk_asked"),
    path("data/bulk/<int:wish_id>/start", keeping.bulk_started, name="bulk_started"),
    path("data/wish/<int:wish_id>", keeping.wish, name="data_wish"),
    path("data/wish/<int:wish_id>/decide", keeping.wish_decided, name="wish_decided"),
    path("privacy", notice.privacy, name="privacy"),
    path("privacy/children", notice.privacy_children, name="privacy_children"),
    path("privacy/kept", notice.privacy_kept, name="privacy_kept"),
]
