"""Tables, purposes and limits in plain words, in the language of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yunke.base.held import Keep, Purpose

Text = str | Promise

PURPOSES: dict[str, Text] = {
    Purpose.TEACHING: _("为了教和学"),
    Purpose.ACCOUNT: _("为了登录和身份"),
    Purpose.SAFETY: _("为了安全和能查得清"),
    Purpose.WELLBEING: _("为了身心健康"),
    Purpose.SERVICE: _("为了让系统运转"),
}
ICONS: dict[str, str] = {
    Purpose.TEACHING: "book-open",
    Purpose.ACCOUNT: "key-round",
    Purpose.SAFETY: "shield-check",
    Purpose.WELLBEING: "heart",
    Purpose.SERVICE: "cog",
}
HUES: dict[str, str] = {
    Purpose.TEACHING: "s-chinese",
    Purpose.ACCOUNT: "s-english",
    Purpose.SAFETY: "s-maths",
    Purpose.WELLBEING: "s-art",
    Purpose.SERVICE: "s-science",
}
KEEPS: dict[str, Text] = {
    Keep.DAY: _("一天"),
    Keep.WEEK: _("一周"),
    Keep.MONTH: _("一个月"),
    Keep.TERM: _("一个学期"),
    Keep.YEAR: _("一年"),
    Keep.THREE_YEARS: _("三年"),
    Keep.ACCOUNT: _("账户在的时候；离校一年后抹去"),
    Keep.SITE: _("学校自己的资料，不按人保存"),
}
TABLES: dict[str, Text] = {
    "people.Person": _("账户：姓名、登录名、头像动物"),
    "people.Membership": _("班级：在哪个班、从哪天到哪天"),
    "people.Duty": _("职务"),
    "people.Guardianship": _("家长关系"),
    "people.Invitation": _("家长邀请码"),
    "people.Card": _("登录卡"),
    "people.Session": _("登录着的设备"),
    "people.Pairing": _("电视登录"),
    "people.Tries": _("输错密码的次数"),
    "people.Change": _("学校办理过的变动"),
    "people.Move": _("转学"),
    "lessons.Watch": _("看课进度"),
    "lessons.Note": _("笔记"),
    "lessons.Submission": _("交上的练习"),
    "lessons.Answer": _("练习的答案"),
    "lessons.Presence": _("每天何时在线"),
    "lessons.Pack": _("课后包"),
    "lessons.PackCopy": _("收到的课后包"),
    "lessons.Along": _("带全班一起看课"),
    "timetable.PlanItem": _("一天的计划"),
    "timetable.Slot": _("课表"),
    "library.Lesson": _("做的课"),
    "library.Upload": _("上传中的文件"),
    "lake.Event": _("使用记录"),
    "lake.PersonDay": _("每天的学习时间"),
    "lake.LakeFile": _("使用记录的存档"),
    "audit.Entry": _("谁看过、谁改过"),
    "audit.Look": _("谁看过这份记录"),
    "audit.Second": _("请第二个人同意"),
    "privacy.Wish": _("关于数据的请求"),
    "privacy.Erased": _("抹去过的编号"),
    "people.Unused": _("久未使用的账户"),
    "people.Errand": _("开学第一天的事"),
    "consent.Consent": _("同意和不同意"),
    "consent.Word": _("对孩子说明的话"),
    "consent.Sheet": _("纸质同意书"),
    "consent.Chosen": _("选定的法律档位"),
    "library.CountyPage": _("区县替换的页"),
    "library.Colleague": _("一起备课的人"),
    "timetable.LostWeek": _("停课的一周"),
    "preparing.Version": _("课的每一稿"),
    "preparing.Thread": _("页边的讨论"),
    "preparing.Comment": _("讨论里的话"),
    "preparing.Mention": _("点到的名字"),
    "preparing.Read": _("读到哪里"),
    "preparing.Suggestion": _("修改建议"),
    "preparing.Here": _("谁正在编辑"),
    "review.Submission": _("送审"),
    "review.Moved": _("审课的去向"),
    "review.Tick": _("审课清单"),
    "review.Wish": _("录课邀请"),
    "screen.Measured": _("服务器的测量"),
    "sensing.Pulse": _("手环的心率"),
    "exchange.Import": _("名册导入"),
    "exchange.Step": _("导入的一步"),
    "exchange.PersonSource": _("名册里的编号"),
    "base.Receipt": _("写入的回执"),
    "base.Job": _("后台的活"),
    "lake": _("使用记录的存档"),
    "lake again": _("使用记录的存档"),
    "receipts": _("别人回执里的姓名"),
    "copies": _("数据副本"),
}
ROOMS: dict[str, Text] = {
    "consent": _("同意书"),
    "preparing": _("备课"),
    "review": _("审课"),
    "sensing": _("身体和情绪的信号"),
    "screen": _("参与统计"),
    "exchange": _("名册导入"),
    "people": _("账户"),
    "lessons": _("上课"),
    "library": _("课程库"),
    "timetable": _("课表"),
    "lake": _("使用记录"),
    "audit": _("审计"),
    "privacy": _("数据请求"),
    "base": _("系统"),
    "terminals": _("设备"),
    "part": _("文件"),
}


def why_told(why: str) -> str:
    """The reason of a line of the map in the language of the page."""
    return str(gettext(why)) if why else ""


def table_told(label: str) -> str:
    """What a table is called; one that nobody named goes by its room and its own name."""
    if label in TABLES:
        return str(TABLES[label])
    room, _dot, name = label.replace(":", ".").partition(".")
    return f"{ROOMS.get(room, room)} · {name}" if name else str(ROOMS.get(room, room))


def purpose_told(purpose: str) -> str:
    return str(PURPOSES.get(purpose, purpose))


def keep_told(keep: str) -> str:
    return str(KEEPS.get(keep, keep))
