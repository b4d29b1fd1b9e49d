from django.urls import path

from yunke.ground.lake import views

urlpatterns = [
    path("account/log.json", views.log_json, name="log_json"),
]
