"""The room's addresses."""

from django.urls import path

from yunke.school.review.views import made, one, queue, wishes
from yunke.school.review.views import path as way

L, R = "make/<int:lesson_id>/review", "review/<int:submission_id>"
urlpatterns = [
    path("review", queue.queue, name="review"),
    path("review/checklist", queue.checklist, name="review_checklist"),
    path(R, one.one, name="review_one"),
    path(f"{R}/claim", one.claim, name="review_claim"),
    path(f"{R}/release", one.release, name="review_release"),
    path(f"{R}/decide", one.decide, name="review_decide"),
    path(f"{R}/remark", one.remark, name="review_remark"),
    path(f"{R}/take-back", one.take_back, name="review_take_back"),
    path("lesson/<int:lesson_id>/made", made.made, name="lesson_made"),
    path("invitations", wishes.wishes, name="wishes"),
    path("invitations/teachers", wishes.teachers, name="wish_teachers"),
    path("invitations/mine", wishes.mine, name="wishes_mine"),
    path("invitations/<int:wish_id>/answer", wishes.answer, name="wish_answer"),
    path("invitations/<int:wish_id>/take-back", wishes.take_back, name="wish_take_back"),
    path(L, way.path, name="make_review"),
    path(f"{L}/submit", way.submit, name="review_submit"),
    path(f"{L}/resubmit", way.resubmit, name="review_resubmit"),
    path(f"{L}/on", way.send_on, name="review_on"),
    path(f"{L}/withdraw", way.withdraw, name="review_withdraw"),
]
