"""Handing in by a plain form: for browsers without scripts. With scripts the front is asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yunke.base.clock import now
from yunke.base.once import key_of
from yunke.base.pages import Asked, page
from yunke.school.attempts.actions.saving import attempt_save, attempt_submit
from yunke.school.attempts.forms import answers_of
from yunke.school.attempts.reads.attempts import attempt_by_id
from yunke.school.attempts.reads.sheets import sheet_of
from yunke.school.attempts.values import Sent


@require_POST
@page("attempt.write")
def hand_in(request: Asked, attempt_id: int) -> HttpResponse:
    """Store what the form holds; ``do=submit`` hands in besides."""
    opened = attempt_by_id(attempt_id)
    if opened is None or opened.person_id != request.who.id:
        raise Http404
    given = answers_of(request.POST, sheet_of(opened).questions)
    seq = max(opened.seq + 1, round(now().timestamp() * 1_000_000))
    sent = [
        Sent(number, value, seq)
        for number, value in given.items()
        if opened.answers.get(number) != value
    ]
    if request.POST.get("do") == "submit":
        told = attempt_submit(
            who_id=request.who.id, attempt_id=attempt_id, answers=sent, key=key_of(request)
        )
        messages.success(request, _("交上去了，回执 %(code)s。") % {"code": told["handed"]})
    else:
        told = attempt_save(who_id=request.who.id, attempt_id=attempt_id, answers=sent)
        messages.success(request, _("已存到学校。"))
    if told["kept"]:
        messages.warning(request, _("时间到了以后送到的答案另外存着，算不算由老师决定。"))
    return HttpResponseRedirect(_back(request), status=303)


def _back(request: Asked) -> str:
    """The page that the form was on; never another site."""
    back = request.POST.get("back", "")
    local = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if local else "/"
