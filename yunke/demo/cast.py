"""The named people of the demo city: those a visitor may be, and those with a story."""

from dataclasses import dataclass

from yunke.ground.people.door import Kind, Role

PASSWORD = "yunke-demo-2026"  # noqa: S105 (shown on the demo's own sign-in page)
PICTURES = ("sun", "apple", "cake")
# Shown on the demo's sign-in page with its code of now; a real site makes one per person.
TOTP = "YUNKEDEMOYUNKEDEMOYUNKEDEMOYUNKE"


@dataclass(frozen=True)
class Part:
    """Somebody with a name. ``seat``: school, grade, class of a pupil. ``teaches``: school,
    subject and which of its teachers; ``also``: grade and class that this teacher has besides the
    first of the school. ``duty`` at ``org`` ("" is the city)."""

    key: str
    kind: Kind
    name: str
    login: str
    name_en: str = ""
    animal: str = ""
    seat: tuple[str, int, int] = ("", 0, 0)
    teaches: tuple[str, str, int] = ("", "", 0)
    also: tuple[int, int] = (0, 0)
    duty: Role | None = None
    org: str = ""
    subject: str = ""
    children: tuple[str, ...] = ()
    relation: str = ""
    ended: bool = False
    totp: bool = False

    @property
    def grade(self) -> int:
        return self.seat[1]


# The class of the fifth-grader: the teachers of his sister's class teach it too.
BROTHERS = (5, 1)


def _pupil(key: str, name: str, login: str, animal: str, seat: tuple[str, int, int]) -> Part:
    return Part(key, Kind.PUPIL, name, login, animal=animal, seat=seat)


def _teacher(key: str, name: str, login: str, place: tuple[str, str, int]) -> Part:
    return Part(key, Kind.STAFF, name, login, teaches=place, also=BROTHERS, totp=True)


def _office(key: str, name: str, login: str, duty: Role, org: str) -> Part:
    return Part(key, Kind.STAFF, name, login, duty=duty, org=org, totp=True)


CAST = (
    _pupil("child", "林小满", "xiaoman", "rabbit", ("yinxing", 1, 1)),
    _pupil("friend", "何乐天", "letian", "panda", ("yinxing", 1, 1)),
    _pupil("brother", "林知远", "zhiyuan", "turtle", ("yinxing", 5, 1)),
    _pupil("junior", "苏望舒", "wangshu", "bird", ("qingyuzx", 8, 1)),
    _pupil("moved", "高一鸣", "yiming", "squirrel", ("yinxing", 3, 1)),
    _pupil("left", "马子涵", "zihan", "snail", ("yinxing", 4, 1)),
    Part("mother", Kind.GUARDIAN, "陈静和", "jinghe", relation="妈妈",
         children=("child", "brother")),
    Part("uncle", Kind.GUARDIAN, "孙永强", "yongqiang", children=("friend",), relation="舅舅",
         ended=True),
    _teacher("head", "许文清", "wenqing", ("yinxing", "maths", 0)),
    _teacher("teacher", "周雨桐", "yutong", ("yinxing", "chinese", 0)),
    _teacher("english", "方以宁", "yining", ("yinxing", "english", 0)),
    _office("school", "郑建平", "jianping", Role.SCHOOL_ADMIN, "yinxing"),
    _office("counsellor", "白露秋", "luqiu", Role.COUNSELLOR, "yinxing"),
    _office("county", "方若兰", "ruolan", Role.COUNTY_STAFF, "qingyu"),
    _office("county2", "罗望川", "wangchuan", Role.COUNTY_STAFF, "wangxi"),
    _office("city", "沈立言", "liyan", Role.CITY_STAFF, ""),
    _office("reviewer", "顾采文", "caiwen", Role.REVIEWER, ""),
)  # fmt: skip


@dataclass(frozen=True)
class Visitor:
    """How a visitor of the demo is offered one of the cast."""

    key: str
    who_zh: str
    who_en: str
    way: str
    note_zh: str
    note_en: str


VISITORS = (
    Visitor("child", "一年级学生 林小满", "Lin Xiaoman, a first-grader", "child",
            "输入班级码，找到小兔子，再按顺序点三张图：太阳、苹果、蛋糕。",
            "Type the class code, find the rabbit, then tap sun, apple, cake in this order."),
    Visitor("brother", "五年级学生 林知远", "Lin Zhiyuan, a fifth-grader", "password",
            "自己安排今天的学习，看课、记笔记，做作业、考试和小练习。",
            "Arranges the day, watches, takes notes; homework, exams, drills."),
    Visitor("junior", "八年级学生 苏望舒", "Su Wangshu, an eighth-grader", "password",
            "初中的一天。", "A day at junior high."),
    Visitor("mother", "家长 陈静和", "Chen Jinghe, mother of two", "password",
            "两个孩子今天学了什么，交了什么，哪里还不熟。",
            "What her two children did today, handed in, and what is not yet firm."),
    Visitor("teacher", "语文老师 周雨桐", "Zhou Yutong, teaches Chinese", "password",
            "五（1）班班主任：上传一节课，带全班一起看，批改知远交的作业。",
            "Head of class 5 (1): uploads a lesson, watches it with the class, marks homework."),
    Visitor("head", "一（1）班班主任 许文清", "Xu Wenqing, head teacher of class 1 (1)", "password",
            "两个班的数学：登录卡、家长邀请、作业、考试、阅卷台。",
            "Maths of two classes: sign-in cards, invitations, homework, exams, the marking desk."),
    Visitor("school", "银杏路小学管理员 郑建平", "Zheng Jianping, school administrator", "password",
            "全校师生名册。", "Everybody at the school."),
    Visitor("county_reviewer", "青屿区语文审核员", "A reviewer of Qingyu District", "password",
            "领一节课来审，通过或写明原因退回。",
            "Claims a lesson, passes it or sends it back with reasons."),
    Visitor("reviewer", "市级审核员 顾采文", "Gu Caiwen, reviewer of the city", "password",
            "审区县通过的课，让全市都能看。", "Reviews what a county passed, for the whole city."),
    Visitor("county", "青屿区 方若兰", "Fang Ruolan, Qingyu District office", "password",
            "全区的课。", "The lessons of the district."),
    Visitor("city", "市教育局 沈立言", "Shen Liyan, city bureau", "password",
            "全市的课表和使用情况。", "The city's week, and how it is used."),
)  # fmt: skip
