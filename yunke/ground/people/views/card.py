"""A QR card: its token stands behind the # of the address, so no log ever sees it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yunke.base.pages import Asked, open_page
from yunke.ground.people.actions.entry import card_enter
from yunke.ground.people.views.enter import enter, refused, target_of


# As for every way in: the token must not lie in a receipt.
@require_http_methods(["GET", "POST"])
@open_page("a card signs its pupil in", replay=False)
def card(request: Asked) -> HttpResponse:
    shown = {"next": target_of(request)}
    if request.method == "GET":
        return render(request, "people/card.html", shown)
    person = card_enter(request.POST.get("token", ""))
    if person is None:
        why = _("这张卡已经不能用了：可能换了新卡，或者卡的主人已经离校。请找班主任要一张新卡。")
        return refused(request, "people/card.html", shown, why)
    registered = request.POST.get("remember") == "yes"
    return enter(request, person, way="card", registered=registered)
