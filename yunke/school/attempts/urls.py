from django.urls import path

from yunke.school.attempts.views import handing, offline, photos, sheet

urlpatterns = [
    path("offline", offline.offline),
    path("attempts/<int:attempt_id>", sheet.sheet),
    path("attempts/<int:attempt_id>/hand-in", handing.hand_in),
    path("attempts/<int:attempt_id>/photos", photos.add),
    path("attempts/<int:attempt_id>/photos/<int:photo_id>/drop", photos.drop),
]
