"""The switches, as a table. Change a word and raise its version: old answers end with the words.

``tests/wordings.json`` pins the hash of every version, so that nobody can forget to.
"""

import hashlib

from yunke.base.capability import Term, capability
from yunke.ground.consent.values import DataKind, Purpose, Switch

TERM_DAYS, YEAR_DAYS = 200, 365
K, P = DataKind, Purpose

SWITCHES: tuple[Switch, ...] = (
    Switch(
        P.RECORDING, K.VIDEO, "recording", "video", "s-maths", 1, 6, YEAR_DAYS, True, False,
        "录课时拍到",
        "Being filmed in a recorded lesson",
        "老师录课时，画面里可以看得到孩子。录好的课放在云课里，本市的师生能看。",
        "When a lesson is recorded, the child may be seen in it. The lesson is kept on this site"
        " for pupils and teachers of the city.",
        "有的课要看到同学在黑板前做题，别的班才学得会。",
        "Some lessons only work when you see a pupil solve it at the board.",
        "默认只拍老师和黑板。不同意的孩子坐在镜头外，或者后来把画面遮住。",
        "By default only the teacher and the board are filmed. Who says no sits outside the picture"
        " or is covered afterwards.",
        "录课的时候，可以拍到你吗？",
        "May we film you when a lesson is recorded?",
    ),
    Switch(
        P.RECORDING, K.VOICE, "recording", "mic", "s-english", 1, 6, YEAR_DAYS, True, False,
        "录课时录到声音",
        "Being heard in a recorded lesson",
        "录课时，孩子回答问题的声音可以留在课里。",
        "When a lesson is recorded, the child's spoken answers may stay in it.",
        "听得到同学怎么想，课才像课。",
        "A lesson lives from hearing how others think.",
        "默认只留老师的声音。不同意的，那几秒静音。",
        "By default only the teacher's voice is kept. For who says no, those seconds are silent.",
        "录课的时候，可以录下你说的话吗？",
        "May we keep your voice when a lesson is recorded?",
    ),
    Switch(
        P.DISPLAY, K.PHOTO, "photo", "camera", "s-art", 1, 6, YEAR_DAYS, True, False,
        "照片贴出来",
        "Photos that others see",
        "活动照片可以贴在教室、学校的墙上和学校的网页上。",
        "Photos of school life may hang in the classroom and stand on the school's pages.",
        "让大家看到一起做过的事。",
        "To show what was done together.",
        "也可以只拍作品，或者拍背影。",
        "The work alone can be photographed, or the child from behind.",
        "可以把你的照片贴在墙上吗？",
        "May we put your photo on the wall?",
    ),
    Switch(
        P.PULSE, K.WRISTBAND, "wristband", "heart-pulse", "s-music", 1, 6, TERM_DAYS, True, True,
        "导入手环的心率",
        "Heart rate from a wristband",
        "把自己手环里的运动文件传上来，画成心率曲线。只有本人和家长看得到，随时可以全部删掉。",
        "A file from one's own wristband is drawn as a heart-rate curve. Only the wearer and the"
        " guardian see it, and either can delete all of it at any time.",
        "体育课上看懂自己的身体：跑的时候快，歇下来慢。",
        "To understand one's own body in PE: fast when running, slow at rest.",
        "也可以用手指数一分钟脉搏，写在本子上。",
        "Counting the pulse with a finger for a minute does it too.",
        "可以把你手环上的心跳画成图吗？",
        "May we draw your heartbeat from your wristband?",
        "/pulse",
    ),
    Switch(
        P.DIARY, K.MOOD, "mood", "smile", "s-sport", 1, 6, TERM_DAYS, False, True,
        "记心情",
        "Noting one's mood",
        "孩子自己点一张脸，记下今天的心情。给谁看，由孩子定。",
        "The child taps a face for the mood of the day, and says who may see it.",
        "难过的时候，有人知道要来问一声。",
        "So that somebody can ask when a child is sad.",
        "也可以直接跟老师说，或者什么都不记。",
        "Telling a teacher does it too, or noting nothing.",
        "可以记下你今天的心情吗？",
        "May we keep how you feel today?",
    ),
    Switch(
        P.TRANSCRIPT, K.TEXT, "transcript", "captions", "s-chinese", 1, 8, TERM_DAYS, False, False,
        "把说的话变成文字",
        "Spoken words as text",
        "课上的发言变成文字，给老师备课用，一个学期后删掉。",
        "What is said in class becomes text for the teacher, deleted after a term.",
        "老师看得出问题问得好不好。",
        "The teacher sees whether the questions were good ones.",
        "默认只数谁说了几次，不记说了什么。",
        "By default only how often somebody spoke is counted, not what was said.",
        "可以把你上课说的话写成字吗？",
        "May we write down what you say in class?",
    ),
    Switch(
        P.POSTURE, K.DEVICE_CAMERA, "posture", "eye", "s-science", 1, 6, TERM_DAYS, False, True,
        "本机的坐姿和用眼提醒",
        "Posture and eyes, on one's own device",
        "设备的摄像头看坐姿和离屏幕的远近，提醒休息。画面不离开设备，也不保存。",
        "The device's camera looks at posture and distance and says when to rest. Pictures never"
        " leave the device and are not kept.",
        "保护眼睛和脊背。",
        "To protect eyes and back.",
        "也可以定时提醒休息，不用摄像头。",
        "A timer that says when to rest does it without a camera.",
        "可以让平板看看你坐得直不直吗？",
        "May your tablet look whether you sit up straight?",
    ),
    Switch(
        P.CLIMATE, K.VOICE, "emotion", "audio-lines", "s-morality", 1, 8, TERM_DAYS, False, True,
        "从声音看班级气氛",
        "The mood of the class, from voices",
        "从课堂声音估计全班的气氛，只有十个人以上的合计，没有哪个孩子的分数。",
        "The class's mood is estimated from its sound: only as a total of ten or more, with no"
        " score for any child.",
        "老师想知道课上得沉闷还是热闹。",
        "A teacher wants to know whether a lesson was dull or lively.",
        "也可以下课时举手问一问。",
        "Asking for a show of hands does it too.",
        "可以听听教室里的声音，看大家高不高兴吗？",
        "May we listen to how happy the class sounds?",
    ),
    Switch(
        P.CLIMATE, K.VIDEO, "emotion", "drama", "s-morality", 1, 8, TERM_DAYS, False, True,
        "从画面看班级气氛",
        "The mood of the class, from pictures",
        "从课堂画面估计全班的气氛，只有十个人以上的合计。画面当场就丢掉，不认出是谁。",
        "The class's mood is estimated from pictures: only as a total of ten or more. Pictures are"
        " thrown away at once and nobody is recognised.",
        "老师想知道哪一段大家跟不上。",
        "A teacher wants to know where the class was lost.",
        "也可以看回答和举手，不看脸。",
        "Answers and hands tell it without faces.",
        "可以看看大家的样子，猜课上得好不好吗？",
        "May we look at everybody to guess how the lesson went?",
    ),
    Switch(
        P.ATTENTION, K.VIDEO, "attention", "scan-eye", "s-maths", 1, 8, TERM_DAYS, False, False,
        "从画面估计专注",
        "Attention, from pictures",
        "从课堂画面估计全班看黑板的时候，只有合计，没有哪个孩子的分数，不排名。",
        "When the class looks at the board is estimated from pictures, only in total, with no"
        " score and no ranking of any child.",
        "老师想知道讲了多久大家会累。",
        "A teacher wants to know how long is too long.",
        "也可以看回答和参与，不看脸。",
        "Answers and taking part tell it without faces.",
        "可以看看大家什么时候在看黑板吗？",
        "May we look when everybody watches the board?",
    ),
    Switch(
        P.RESEARCH, K.RESEARCH, "research", "flask-conical", "s-english", 1, 8, YEAR_DAYS,
        False, True,
        "用于研究和改进",
        "Research and improvement",
        "去掉姓名的学习记录，用来改进云课。不给外面的公司，发现能认出人就停。",
        "Learning records without names are used to improve this site. They go to no company, and"
        " it stops where somebody could be recognised.",
        "让题目和课越来越好。",
        "So that lessons and questions get better.",
        "也可以只用愿意参加的老师自己的记录。",
        "The records of teachers who take part could be used alone.",
        "可以用你做过的题，让以后的课更好吗？",
        "May we use what you did to make lessons better?",
    ),
    Switch(
        P.LEARNING, K.ANSWERS, "warning", "chart-line", "s-maths", 1, 0, YEAR_DAYS, True, False,
        "从答题估计掌握情况",
        "Estimating from answers what is mastered",
        "从孩子答过的题，估计每个知识点大约会了几成。不看脸，不排名，不和别人比，老师看了才算数。",
        "From the child's answers it is estimated how far each point is mastered. No face is looked"
        " at, nobody is ranked or compared, and a teacher decides what follows.",
        "帮每个孩子找到该练的，是学校的事，所以不用先同意；不愿意，随时可以说不，不用理由。",
        "Finding what each child should practise is the school's task, so no yes is needed first."
        " Whoever does not want it says no at any time, without a reason.",
        "说了不，估计过的都删掉。错题本和小练习照样有，只按错过的题来挑。",
        "After a no, what was estimated is deleted. The error book and drills stay, chosen by the"
        " questions that went wrong.",
        "可以从你做的题，看看你会了多少吗？",
        "May we guess from your answers what you know?",
        task=True,
    ),
)  # fmt: skip
_BY_KEY = {switch.key: switch for switch in SWITCHES}
_BY_PAIR = {(switch.purpose, switch.kind): switch for switch in SWITCHES}


def switch_of(key: str) -> Switch | None:
    return _BY_KEY.get(key)


def switch_for(purpose: Purpose, kind: DataKind) -> Switch | None:
    return _BY_PAIR.get((purpose, kind))


def is_asked(switch: Switch, profile: str) -> bool:
    """Only what the profile allows with consent, and what it has at all and may be refused, has a
    switch; the rest is off or needs none."""
    terms = capability(switch.capability).under(profile)
    return terms is not None and (switch.task or Term.CONSENT in terms)


def switches_in(profile: str, *, staff: bool = False) -> tuple[Switch, ...]:
    """The switches of a profile in the order of the table; for staff those about themselves."""
    return tuple(s for s in SWITCHES if is_asked(s, profile) and (s.staff or not staff))


def wording_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
