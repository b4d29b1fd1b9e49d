"""A small child's way in: the class's code, its own animal, three pictures."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from pypinyin import Style, lazy_pinyin

from yunke.base.hashing import HashBusy
from yunke.base.pages import Asked, open_page
from yunke.ground.people.actions.entry import class_enter, pictures_enter
from yunke.ground.people.actions.tries import TooOften
from yunke.ground.people.models import Person
from yunke.ground.people.reads import class_pupils
from yunke.ground.people.reads.accounts import class_by_code, class_pupil
from yunke.ground.people.reads.demo import demo_accounts
from yunke.ground.people.values import (
    ANIMALS,
    PICTURE_KEYS,
    PICTURES,
    PICTURES_LONG,
    ClassName,
)
from yunke.ground.people.views.enter import (
    busy_page,
    enter,
    network,
    refused,
    target_of,
    too_often_text,
    with_next,
)

COOKIE, HALF_A_YEAR = "yunke_class", 180 * 24 * 3600
HUES = ("chinese", "maths", "english", "science", "morality", "music", "art", "sport")
PICTURE_NAMES = {
    "sun": gettext_lazy("太阳"),
    "moon": gettext_lazy("月亮"),
    "star": gettext_lazy("星星"),
    "apple": gettext_lazy("苹果"),
    "flower": gettext_lazy("花"),
    "car": gettext_lazy("汽车"),
    "ball": gettext_lazy("球"),
    "house": gettext_lazy("房子"),
    "umbrella": gettext_lazy("雨伞"),
    "tree": gettext_lazy("树"),
    "heart": gettext_lazy("爱心"),
    "cake": gettext_lazy("蛋糕"),
}


@dataclass(frozen=True)
class Tile:
    """A child of the class on the grid."""

    id: int
    name: str
    animal: str
    pinyin: str
    hue: str


@dataclass(frozen=True)
class Picture:
    key: str
    icon: str
    name: str
    hue: str


# Giving the right code twice is giving it once: a cookie.
@require_http_methods(["GET", "POST"])
@open_page("a child finds its class before it is signed in", replay=False)
def sign_in_class(request: Asked) -> HttpResponse:
    if request.method == "POST":
        return _class_code(request)
    of = class_remembered(request)
    if of is None:
        return HttpResponseRedirect(with_next("/sign-in", request))
    tiles = [
        Tile(p.id, p.name, p.animal or ANIMALS[0], pinyin(p.name, of.grade), hue_of(p.id))
        for p in class_pupils(of.id)
    ]
    shown = {"of": of, "tiles": tiles, "next": target_of(request), "small": of.grade <= 2}
    return render(request, "people/sign_in_class.html", shown)


def _class_code(request: Asked) -> HttpResponse:
    typed = request.POST.get("code", "")
    shown = {
        "way": "child",
        "next": target_of(request),
        "accounts": demo_accounts(),
        "code": typed[:20],
    }
    before = class_remembered(request)
    source = f"class {before.id}" if before else network(request)
    try:
        of = class_enter(typed, source=source)
    except TooOften as trouble:
        return refused(request, "people/sign_in.html", shown, too_often_text(trouble))
    if of is None:
        why = _("没有找到这个班级码。请看看老师发的纸条，六个字母和数字，再输一次。")
        return refused(request, "people/sign_in.html", shown, why)
    response = HttpResponseRedirect(with_next("/sign-in/class", request), status=303)
    value = signing.dumps(of.code, salt=COOKIE)
    response.set_cookie(
        COOKIE,
        value,
        max_age=HALF_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
    response.set_cookie("yunke_way", "child", max_age=HALF_A_YEAR, samesite="Lax")
    return response


# Choosing pictures writes nothing until the third; then as with a password.
@require_http_methods(["GET", "POST"])
@open_page("a child shows its pictures", replay=False)
def sign_in_child(request: Asked, person_id: int) -> HttpResponse:
    of = class_remembered(request)
    child = class_pupil(of.id, person_id) if of else None
    if of is None or child is None:
        return HttpResponseRedirect("/sign-in?way=child")
    chosen = chosen_of(request)
    if request.method == "POST" and len(chosen) == PICTURES_LONG:
        return _pictures(request, of, child, chosen)
    return render(request, "people/sign_in_child.html", _pad(request, of, child, chosen))


def _pictures(request: Asked, of: ClassName, child: Person, chosen: list[str]) -> HttpResponse:
    shown = _pad(request, of, child, [])
    try:
        person = pictures_enter(of.id, child.id, chosen)
    except TooOften as trouble:
        return refused(request, "people/sign_in_child.html", shown, too_often_text(trouble))
    except HashBusy as trouble:
        return busy_page(request, trouble)
    if person is None:
        why = _("这三张图不对。想一想，再点一次；忘了就问老师。")
        return refused(request, "people/sign_in_child.html", shown, why)
    registered = request.POST.get("remember") == "yes"
    return enter(request, person, way="pictures", registered=registered)


def chosen_of(request: HttpRequest) -> list[str]:
    """The pictures so far with the one just tapped; "undo" takes the last away."""
    chosen = [key for key in request.POST.get("chosen", "").split() if key in PICTURE_KEYS]
    if "undo" in request.POST:
        return chosen[:-1]
    picture = request.POST.get("picture", "")
    if picture in PICTURE_KEYS:
        chosen.append(picture)
    return chosen[:PICTURES_LONG]


def _pad(request: Asked, of: ClassName, child: Person, chosen: list[str]) -> dict[str, object]:
    pictures = [
        Picture(key, icon, str(PICTURE_NAMES[key]), HUES[n % len(HUES)])
        for n, (key, icon) in enumerate(PICTURES)
    ]
    by_key = {picture.key: picture for picture in pictures}
    hint = next((a.pictures for a in demo_accounts() if a.login == child.login), ())
    return {
        "of": of,
        "child": Tile(
            child.id, child.name, child.animal or ANIMALS[0],
            pinyin(child.name, of.grade), hue_of(child.id),
        ),
        "pictures": pictures,
        "chosen": [by_key[key] for key in chosen],
        "chosen_text": " ".join(chosen),
        "places": range(PICTURES_LONG),
        "hint": [by_key[key] for key in hint if key in by_key],
        "remember": request.POST.get("remember") == "yes",
        "small": of.grade <= 2,
        "next": target_of(request),
    }  # fmt: skip


def class_remembered(request: HttpRequest) -> ClassName | None:
    """The class that this device has been in, as long as its code is still the same."""
    try:
        code = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=HALF_A_YEAR)
    except signing.BadSignature:
        return None
    return class_by_code(code)


def pinyin(name: str, grade: int) -> str:
    """How the name sounds, for those who cannot read it yet (grades 1 and 2, in Chinese)."""
    if grade > 2 or (get_language() or "").startswith("en"):
        return ""
    return " ".join(lazy_pinyin(name, style=Style.TONE))


def hue_of(person_id: int) -> str:
    """A colour that stays with the child."""
    return HUES[person_id % len(HUES)]
