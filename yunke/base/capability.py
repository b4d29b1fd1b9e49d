"""What each legal profile may do at all: the table of ``trust.md`` 1.1, as data.

A capability that a profile does not have is not hidden but gone: ``settings.py`` leaves out its
apps, ``urls.py`` its addresses, so that no table is made and no library is loaded. A looser and a
stricter profile are told apart here too. Nothing in this file needs Django: settings read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# From the loosest to the strictest; people read them in the order of ``SHOWN``.
PROFILES = ("cn", "us", "eu", "strict")
SHOWN = ("cn", "eu", "us", "strict")


@dataclass(frozen=True)
class ProfileName:
    name: str
    name_en: str
    why: str
    why_en: str


PROFILE_NAMES: dict[str, ProfileName] = {
    "cn": ProfileName(
        "中国", "China", "《个人信息保护法》《未成年人学校保护规定》",
        "Personal Information Protection Law; rules on protecting minors at school",
    ),
    "eu": ProfileName(
        "欧盟与英国", "EU and UK", "《通用数据保护条例》《人工智能法》",
        "GDPR and the AI Act (the UK by choice)",
    ),
    "us": ProfileName("美国", "United States", "FERPA、COPPA、PPRA", "FERPA, COPPA and PPRA"),
    "strict": ProfileName(
        "最严", "Strict", "学校自己要求最少的数据", "A school that wants the least of data"
    ),
}  # fmt: skip


class Term(StrEnum):
    """On which terms a capability is there."""

    CONSENT = "C"  # a guardian's separate consent and the child's yes
    GROUPS = "A"  # only groups that are large enough
    OWNER = "O"  # only the person's own eyes
    DEVICE = "D"  # never leaves the person's device
    TEACHER = "T"  # the teacher's track only
    PERSON = "P"  # a person confirms, and can be contradicted
    COUNTS = "N"  # how often, never what
    SEALED = "S"  # apart, under a key of its own


OFF = None
Terms = frozenset[Term] | None


@dataclass(frozen=True)
class Owned:
    """What a capability is made of. ``tables``: beginnings of names; ``imports``: modules."""

    apps: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Capability:
    """``terms``: one for each of ``SHOWN``; ``None`` is off. ``law``: the reason, for people."""

    key: str
    icon: str
    name: str
    name_en: str
    law: str
    law_en: str
    terms: tuple[Terms, Terms, Terms, Terms]
    owned: Owned = Owned()

    def under(self, profile: str) -> Terms:
        return self.terms[SHOWN.index(profile)]

    @property
    def never(self) -> bool:
        """Off in every profile."""
        return all(terms is OFF for terms in self.terms)


def _terms(text: str) -> tuple[Terms, Terms, Terms, Terms]:
    """``"C | C A | C | off"``: cn, eu, us, strict; ``on`` is without terms."""
    cells = [cell.split() for cell in text.split("|")]
    cn, eu, us, strict = (
        OFF if cell == ["off"] else frozenset(Term(word) for word in cell if word != "on")
        for cell in cells
    )
    return cn, eu, us, strict


_ACT = "欧盟《人工智能法》第 5 条第 1 款 f 项：学校里不得推断情绪"
_ACT_EN = "EU AI Act, Art. 5(1)(f): no inferring of emotions at school"
_PIPL = "《个人信息保护法》第 28、31 条：未成年人的敏感信息要单独同意"
_PIPL_EN = "PIPL Art. 28 and 31: separate consent for a minor's sensitive data"
_HUMAN = "没有自动的决定：总要有人来看、来改、来负责"
_HUMAN_EN = "No automatic decision: a person looks, changes and answers for it"

CAPABILITIES: tuple[Capability, ...] = (
    Capability(
        "participation", "hand",
        "参与：回答、举手次数、发言时间", "Taking part: answers, hands by count, share of talk",
        "数的是做了什么，不是像什么样子", "Counts what was done, not how somebody looks",
        _terms("A | A | A | A"), Owned(apps=("yunke.insight.screen",)),
    ),
    Capability(
        "mood", "smile",
        "自己写的心情和日记", "Mood and diary that one writes oneself",
        _PIPL, _PIPL_EN,
        _terms("C | C A | C | C A"),
    ),
    Capability(
        "posture", "eye",
        "本机的坐姿、用眼、疲劳提醒", "Posture, eyes and tiredness on one's own device",
        "画面不离开这台设备", "Pictures never leave the device",
        _terms("D C | D C | D C | D C"),
    ),
    Capability(
        "wristband", "heart-pulse",
        "导入手环的心率", "Heart rate from one's own wristband",
        "健康数据；在欧盟只有医疗和安全才有必要",
        "Health data; in the EU only medical need or safety",
        _terms("C O | off | C O | off"),
        Owned(
            apps=("yunke.insight.sensing",), urls=("yunke.insight.sensing.urls",),
            tables=("sensing_",), imports=("yunke.craft.pulse", "fitdecode"), files=("pulse",),
        ),
    ),
    Capability(
        "recording", "video",
        "录课", "Recording a lesson",
        "默认只录老师；录到学生要单独同意",
        "The teacher by default; pupils only with separate consent",
        _terms("T C | T | T C | T"),
    ),
    Capability(
        "transcript", "captions",
        "学生发言的文字", "What pupils say, as text",
        _PIPL, _PIPL_EN,
        _terms("C | N | C | N"),
    ),
    Capability(
        "photo", "camera",
        "照片上墙、上报", "Photos on a wall or in the paper",
        _PIPL, _PIPL_EN,
        _terms("C | C | C | C"),
    ),
    Capability(
        "research", "flask-conical",
        "用于研究和改进", "Use for research and improvement",
        "目的变了，就要重新问", "Another purpose needs another yes",
        _terms("C | C | C | C"),
    ),
    Capability(
        "emotion", "drama",
        "从声音、面部、身体推断情绪", "Emotion from voice, face or body",
        _ACT, _ACT_EN,
        _terms("C A | off | C A | off"),
    ),
    Capability(
        "emotion_staff", "drama",
        "推断老师的情绪", "Emotion of teachers",
        _ACT, _ACT_EN,
        _terms("O | off | O | off"),
    ),
    Capability(
        "attention", "scan-eye",
        "从面部推断专注", "Attention from the face",
        "看脸看不出在想什么；改用回答和参与", "A face does not show thought; answers and acts do",
        _terms("C A | off | A | off"),
    ),
    Capability(
        "scoring", "list-checks",
        "自动评分", "Automatic scoring",
        _HUMAN, _HUMAN_EN,
        _terms("P | P | P | P"),
    ),
    Capability(
        "warning", "bell-ring",
        "错因和早期提醒", "Wrong cause and early warning",
        _HUMAN, _HUMAN_EN,
        _terms("P | P | P | P"),
    ),
    Capability(
        "screen", "monitor",
        "大屏幕上的总数", "Totals on the large screen",
        "十个人以下不成数", "Fewer than ten people are no number",
        _terms("A | A | A | A"), Owned(apps=("yunke.insight.screen",)),
    ),
    Capability(
        "counselling", "lock-keyhole",
        "心理辅导记录", "Counselling notes",
        "分开存放，另一把钥匙", "Kept apart, under another key",
        _terms("S | S | S | S"),
    ),
    Capability(
        "face_id", "scan-face",
        "人脸识别和刷脸考勤", "Finding people by their faces",
        "孩子的脸不能换，泄露了改不了", "A child cannot change its face once it has leaked",
        _terms("off | off | off | off"),
    ),
    Capability(
        "proctoring", "cctv",
        "摄像头监考", "Exams watched by camera",
        "误判多，没有证据说有用", "Often wrong, and no evidence that it helps",
        _terms("off | off | off | off"),
    ),
    Capability(
        "ranking", "trophy",
        "学生、老师的排名", "Rankings of pupils or teachers",
        "《未成年人学校保护规定》：不得公布排名",
        "Rules on protecting minors at school: no rankings",
        _terms("off | off | off | off"),
    ),
)  # fmt: skip
_BY_KEY = {capability.key: capability for capability in CAPABILITIES}


def capability(key: str) -> Capability:
    """Raises KeyError."""
    return _BY_KEY[key]


def has(key: str, profile: str) -> bool:
    """Does the profile have the capability at all, on whatever terms?"""
    return _BY_KEY[key].under(profile) is not OFF


def left_out(profile: str) -> Owned:
    """Everything that this profile must not have: apps, addresses, tables, imports, files."""
    gone = [c.owned for c in CAPABILITIES if c.under(profile) is OFF]
    return Owned(
        *(_joined(getattr(owned, part) for owned in gone) for part in Owned.__dataclass_fields__)
    )


def kept_of(profile: str, modules: Iterable[str]) -> list[str]:
    """The apps or modules of addresses that the profile keeps, in their order."""
    gone = left_out(profile)
    return [module for module in modules if module not in {*gone.apps, *gone.urls}]


def is_stricter(one: str, than: str) -> bool:
    return PROFILES.index(one) > PROFILES.index(than)


def _joined(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for part in parts for name in part)
