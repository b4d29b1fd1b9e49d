"""Looking at pupils' records: every page that shows some says so here, before it shows them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, TooFast, TooMany, look_record
from yunke.ground.people.values import Role, Who

ASK = "/second/pupils"
_NEAREST = (Role.GUARDIAN, Role.HEAD_TEACHER, Role.TEACHER)


def pupils_read(
    who: Who,
    pupil_ids: Iterable[int],
    *,
    part: str,
    part_id: int = 0,
    school_id: int = 0,
    class_id: int = 0,
    reason: str = "",
    act: Act = Act.RECORD_VIEWED,
) -> None:
    """Note that ``who`` is shown these pupils' records; nothing for one's own or for none.

    ``part``: what is opened ("class", "person"), a word of ``audit/reads/told.py``.
    One's own class or child is not counted; of others 200 an hour, then Refused (429) with the
    way to a second person. Five statements and a row a pupil.
    """
    pupils = [pupil for pupil in pupil_ids if pupil != who.id]
    if not pupils:
        return
    own = {of.id for of in who.classes}
    children = {child.id for child in who.children}
    mine = class_id in own or children.issuperset(pupils)
    try:
        look_record(
            reader_id=who.id, role=role_at(who, class_id=class_id, pupils=pupils), part=part,
            part_id=part_id, pupil_ids=pupils, school_id=school_id, reason=reason, act=act,
            counted=not mine,
        )  # fmt: skip
    except TooMany as trouble:
        why = _(
            "你这一小时已经看了 %(limit)s 名学生的记录，到了一个人能看的上限。什么都没有丢："
            "过一会儿再看，或者请第二个人同意。"
        ) % {"limit": trouble.limit}
        raise Refused(why, status=429, way=(ASK, _("请第二个人同意"))) from trouble
    except TooFast as trouble:
        why = _("翻得太快了。为了保护学生，请等一分钟再看；什么都没有丢。")
        raise Refused(why, status=429) from trouble


def role_at(who: Who, *, class_id: int = 0, pupils: Iterable[int] = ()) -> str:
    """As what somebody looks: the role at this class or child, else the farthest one held."""
    shown = set(pupils)
    near = [
        grant.role
        for grant in who.grants
        if (class_id and grant.place.class_id == class_id and grant.role != Role.GUARDIAN)
        or (grant.role == Role.GUARDIAN and grant.place.person in shown)
    ]
    for role in (*_NEAREST, *near):
        if role in near:
            return role.value
    far = [grant.role for grant in who.grants if grant.role not in _NEAREST]
    return (far[-1] if far else Role.GUARDIAN if who.children else next(iter(who.roles))).value
