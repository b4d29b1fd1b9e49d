"""A guardian binds to a child: the code from the school and the child's full name."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yunke.base import hashing
from yunke.base.pages import Asked, open_page
from yunke.ground.people.actions.guardians import (
    LoginTaken,
    guardian_bind,
    guardian_open,
    invitation_find,
)
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.forms import Binding
from yunke.ground.people.models import Invitation
from yunke.ground.people.values import Kind
from yunke.ground.people.views.enter import (
    busy_page,
    enter,
    network,
    refused,
    too_often_text,
)

TEMPLATE = "people/bind.html"
# What is kept stays Chinese, as the school's paper has it; what is shown is translated.
RELATIONS = (
    ("妈妈", gettext_lazy("妈妈")),
    ("爸爸", gettext_lazy("爸爸")),
    ("祖辈", gettext_lazy("祖辈")),
    ("监护人", gettext_lazy("监护人")),
)


# An invitation is good once by itself; wrong ones must be counted although they are refused;
# and hashing a new guardian's password must not hold the database.
@require_http_methods(["GET", "POST"])
@open_page("a new guardian has no account yet", replay=False)
def bind(request: Asked) -> HttpResponse:
    who = request.who
    if who is not None and (who.kind == Kind.PUPIL or who.second_factor_due):
        return HttpResponseRedirect("/sign-in")
    typed = Binding.read(request.POST)
    shown = {"typed": typed, "new": who is None, "relations": RELATIONS}
    if request.method == "GET":
        return render(request, TEMPLATE, shown)
    try:
        found = invitation_find(code=typed.code, child_name=typed.child, network=network(request))
    except TooOften as trouble:
        return refused(request, TEMPLATE, shown, too_often_text(trouble))
    if found is None:
        return refused(request, TEMPLATE, shown, _no())
    if who is None:
        return _new_guardian(request, typed, found)
    if not guardian_bind(guardian_id=who.id, invitation_id=found.id, relation=typed.relation):
        return refused(request, TEMPLATE, shown, _no())
    messages.success(request, _bound(found))
    return HttpResponseRedirect("/child", status=303)


def _new_guardian(request: Asked, typed: Binding, found: Invitation) -> HttpResponse:
    wrong = typed.account_wrong()
    shown = {
        "typed": typed,
        "new": True,
        "right": True,
        "relations": RELATIONS,
        "wrong": wrong,
    }
    if wrong:
        return refused(request, TEMPLATE, shown, "")
    try:
        encoded = hashing.encode(typed.password)
        person = guardian_open(
            login=typed.login,
            name=typed.name,
            encoded=encoded,
            invitation_id=found.id,
            relation=typed.relation,
        )
    except hashing.HashBusy as trouble:
        return busy_page(request, trouble)
    except LoginTaken:
        wrong["login"] = _("这个登录名已经有人用了。是你自己的，就先登录再来绑定；不是就换一个。")
        return refused(request, TEMPLATE, shown, "")
    if person is None:
        return refused(request, TEMPLATE, shown, _no())
    messages.success(request, _bound(found))
    return enter(request, person, way="password", registered=False)


def _no() -> str:
    """One answer for an unknown, used or expired code, another child and a wrong name."""
    return _("邀请码和孩子的姓名对不上，或者邀请码已经用过、过期了。请看看纸条，或者问班主任。")


def _bound(found: Invitation) -> str:
    return _("你已经和 %(name)s 绑定，现在可以看到孩子的计划和学习。") % {"name": found.child.name}
