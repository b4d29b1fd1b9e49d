"""Acts, parts of a record and requests in plain words, in the language of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yunke.ground.audit.values import Act

Text = str | Promise

# How an act reads after a name: "王老师 · 看了记录".
ACTS: dict[str, Text] = {
    Act.RECORD_VIEWED: _("看了记录"),
    Act.ROLE_CHANGED: _("改了身份或职务"),
    Act.ROSTER_IMPORTED: _("导入了名册"),
    Act.ROSTER_UNDONE: _("撤回了名册的一次导入"),
    Act.PERSON_LEFT: _("办理了离校"),
    Act.PERSON_FROZEN: _("冻结或恢复了账户"),
    Act.GUARDIAN_CHANGED: _("改了家长关系"),
    Act.GUARDIAN_INVITED: _("发了家长邀请码"),
    Act.CONSENT_GIVEN: _("给了一项同意"),
    Act.CONSENT_REFUSED: _("拒绝了一项同意"),
    Act.CONSENT_WITHDRAWN: _("收回了一项同意"),
    Act.LESSON_SUBMITTED: _("提交了一节课"),
    Act.LESSON_DECIDED: _("审了一节课"),
    Act.LESSON_PUBLISHED: pgettext_lazy("act", "发布了一节课"),
    Act.LESSON_WITHDRAWN: pgettext_lazy("act", "撤回了一节课"),
    Act.PAGE_OVERRIDDEN: _("替换了课件的一页"),
    Act.CALENDAR_SHIFTED: _("顺延了课表"),
    Act.DATA_EXPORTED: _("导出了数据"),
    Act.EXPORT_ASKED: _("请求导出数据"),
    Act.DATA_ERASED: _("抹去了数据"),
    Act.ERASURE_ASKED: _("请求抹去数据"),
    Act.RETENTION_RUN: _("按期限清理了数据"),
    Act.SECOND_ASKED: _("请了第二个人同意"),
    Act.SECOND_GIVEN: _("作为第二个人同意了"),
    Act.SECOND_REFUSED: _("作为第二个人没有同意"),
    Act.PROFILE_CHANGED: _("改了法律配置"),
    Act.PASSWORD_RESET: _("换了新密码"),
    Act.SECOND_FACTOR_REMOVED: _("取消了二次验证"),
    Act.CARDS_ISSUED: _("发了登录卡"),
    Act.CARD_REVOKED: _("作废了登录卡"),
    Act.PICTURES_SET: _("换了图画密码"),
    Act.CODE_CHANGED: _("换了班级码"),
    Act.BACKUP_RESTORED: _("从备份恢复了数据"),
    Act.BULK_STOPPED: _("一小时内看的学生太多，被拦下了"),
    Act.ATTEMPT_REOPENED: _("退回了一份交上来的"),
    Act.ATTEMPT_WITHDRAWN: _("作废了一份"),
    Act.LATE_DECIDED: _("处理了迟到的答案"),
    Act.HOMEWORK_OVER_LIMIT: _("布置了超过每天时长的作业"),
    Act.HOMEWORK_RETURNED: _("发回了作业"),
    Act.CAUSE_CORRECTED: _("改了一道错题的错因"),
    Act.DRILL_SENT: _("发了小练习"),
    Act.EXPLANATION_SENT: _("发了错题讲解"),
    Act.EXPLANATION_WITHDRAWN: _("收回了错题讲解"),
    Act.DOUBT_ANSWERED: _("答复了“这里不对”"),
    Act.EXAM_CHANGED: _("改了考试的安排"),
    Act.EXAM_STOPPED: _("让考试停了钟"),
    Act.EXAM_EXTENDED: _("给了更多考试时间"),
    Act.EXAM_REOPENED: _("让学生回到考试"),
    Act.STRAY_DECIDED: _("决定了迟到的答案算不算"),
    Act.RESULTS_RELEASED: _("公布了考试结果"),
    Act.MARK_CHANGED: _("改了分"),
    Act.APPEAL_DECIDED: _("答复了复查"),
    Act.SHEET_DECIDED: _("决定了答题卡上看不清的地方"),
    Act.DESK_SET: _("安排了阅卷"),
    Act.MARK_ARBITRATED: _("仲裁了一处评分"),
    Act.CASE_VIEWED: _("看了一份密封的记录"),
    Act.SAFETY_VIEWED: _("看了一份密封的记录"),
}

# The same act on another kind of thing reads otherwise.
ACTS_ON: dict[tuple[str, str], Text] = {
    (Act.ROLE_CHANGED, "lesson"): _("改了一起备课的人"),
    (Act.ROLE_CHANGED, "move"): _("办了转学"),
    (Act.ROLE_CHANGED, "org"): _("改了学校或区县"),
    (Act.CALENDAR_SHIFTED, "bell"): _("改了作息时间"),
}

# What was opened, with its picture (lucide's name).
PARTS: dict[str, tuple[Text, str]] = {
    "class": (_("班级页：名单和学习进度"), "users"),
    "class_list": (_("师生名册：全班"), "contact"),
    "people_search": (_("师生名册：查找"), "search"),
    "person": (_("账户页"), "circle-user-round"),
    "cards": (_("登录卡页"), "id-card"),
    "pictures": (_("图画密码页"), "images"),
    "guardians": (_("家长页"), "heart-handshake"),
    "child": (_("孩子页：学习和计划"), "heart-handshake"),
    "practice": (_("练习：错题、掌握情况和小练习"), "dumbbell"),
    "pack": (_("课后包：谁打开了、答了什么"), "package"),
    "lesson": (_("一节课：谁看了、答了什么"), "play"),
    "exam": (_("考试：答了什么、结果怎样"), "file-pen-line"),
    "homework": (_("作业：交了什么、批了什么"), "notebook-pen"),
    "consent": (_("同意书"), "file-check"),
    "export": (_("数据副本"), "archive"),
    "wish": (_("数据副本"), "folder-lock"),
    "submission": ("", "clipboard-check"),
    "import": ("", "file-spreadsheet"),
    "move": ("", "arrow-left-right"),
    "bell": ("", "bell"),
    "second": ("", "users-round"),
    "change": ("", "pencil"),
    "roster": ("", "file-spreadsheet"),
}

SECONDS: dict[str, Text] = {
    "pupils.read": _("一小时内看更多学生的记录"),
    "export.school": _("导出全校学生的数据"),
    "roster.leavers": _("名册里离校的人超过一成"),
    "erasure": _("抹去一个人的数据"),
}


# As what somebody looked.
ROLES: dict[str, Text] = {
    "pupil": _("学生"),
    "guardian": _("学生家长"),
    "teacher": _("任课老师"),
    "head_teacher": _("班主任"),
    "reviewer": _("审课员"),
    "counsellor": _("心理老师"),
    "school_admin": _("学校管理员"),
    "county_staff": _("区县工作人员"),
    "city_staff": _("市级工作人员"),
}


def role_told(role: str) -> str:
    """A role in plain words; "" for none."""
    return str(ROLES.get(role, ""))


def act_told(act: str, kind: str = "") -> str:
    """An act on a kind of thing in plain words; one that nobody described shows its own name."""
    return str(ACTS_ON.get((act, kind)) or ACTS.get(act, act))


def part_told(part: str) -> tuple[str, str]:
    """(what was opened, its picture); ("", "eye") for what has no name."""
    name, icon = PARTS.get(part, ("", "eye"))
    return str(name), icon


def second_told(kind: str) -> str:
    """What somebody asks a second person for."""
    return str(SECONDS.get(kind, _("一件需要两个人同意的事")))
