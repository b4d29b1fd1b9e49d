from django.urls import path

from yunke.school.attempts.views import handing

urlpatterns = [
    path("attempts/<int:attempt_id>/hand-in", handing.hand_in),
]
