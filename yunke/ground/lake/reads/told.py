"""Each verb as people read it: a sentence for the person, a name for a table, an icon."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from yunke.ground.lake.values import EventLine, Verb


@dataclass(frozen=True)
class Telling:
    """``about`` is a sentence with the title in it, ``plain`` the same for an act without one."""

    name: str
    plain: str
    about: str = ""
    icon: str = "circle-dot"


V, T = Verb, Telling
TELLINGS: dict[Verb, Telling] = {
    V.SIGNED_IN: T("登录", "登录了", "在 %(title)s 上登录了", "log-in"),
    V.SIGNED_OUT: T("退出", "退出了登录", icon="log-out"),
    V.CARD_ISSUED: T("发登录卡", "发了登录卡", "发了登录卡：%(title)s", "id-card"),
    V.CARD_REVOKED: T("作废登录卡", "作废了登录卡", "作废了登录卡：%(title)s", "id-card"),
    V.INVITED: T("发家长邀请", "发了家长邀请码", "给 %(title)s 发了家长邀请码", "mail-plus"),
    V.BOUND: T("绑定孩子", "绑定了孩子", "绑定了孩子：%(title)s", "heart-handshake"),
    V.DEVICE_PAIRED: T("登录电视", "登录了一台电视", "登录了电视：%(title)s", "tv"),
    V.DEVICE_REVOKED: T(
        "移除设备", "移除了一台登录设备", "移除了登录设备：%(title)s", "monitor-off"
    ),
    V.PASSWORD_CHANGED: T("改密码", "改了密码", icon="key-round"),
    V.PASSWORD_RESET: T("重设密码", "重设了密码", "重设了密码：%(title)s", "key-round"),
    V.PICTURES_SET: T("设图画密码", "设了图画密码", "设了图画密码：%(title)s", "images"),
    V.SECOND_FACTOR_SET: T("设二次验证", "设了二次验证", icon="shield-check"),
    V.SECOND_FACTOR_REMOVED: T(
        "取消二次验证", "取消了二次验证", "取消了二次验证：%(title)s", "shield-off"
    ),
    V.PERSON_LEFT: T("办理离校", "办理了离校", "办理了离校：%(title)s", "door-open"),
    V.PERSON_MOVED: T("换班或转学", "办了换班或转学", "%(title)s 换了班级或学校", "school"),
    V.PERSON_FROZEN: T("停用账户", "停用了一个账户", "停用了账户：%(title)s", "snowflake"),
    V.PERSON_UNFROZEN: T("恢复账户", "恢复了一个账户", "恢复了账户：%(title)s", "sun"),
    V.ROLE_CHANGED: T("改职责", "改了职责", "改了职责：%(title)s", "user-cog"),
    V.CHANGE_UNDONE: T("撤销改动", "撤销了一次改动", "撤销了对 %(title)s 的改动", "undo-2"),
    V.MOVE_ASKED: T("申请接收", "申请接收一个学生", "申请接收 %(title)s", "school"),
    V.SCHOOL_ADDED: T("添加机构", "添加了机构", "添加了机构：%(title)s", "building-2"),
    V.SCHOOL_LEFT: T("学校离开", "学校离开了本市", "%(title)s 离开了本市", "door-open"),
    V.GUARDIAN_DATED: T(
        "定监护期限", "定了监护的期限", "定了 %(title)s 的监护期限", "calendar-clock"
    ),
    V.GUARDIAN_AGREED: T("同意家长看", "决定了家长能不能看", icon="eye"),
    V.ROSTER_WRITTEN: T("更新名册", "更新了名册", "更新了名册：%(title)s", "contact"),
    V.CODE_CHANGED: T("换班级码", "换了班级码", "换了班级码：%(title)s", "refresh-cw"),
    V.INVITATION_REVOKED: T(
        "收回邀请", "收回了家长邀请码", "收回了家长邀请码：%(title)s", "mail-x"
    ),
    V.UNBOUND: T("解除绑定", "解除了家长绑定", "解除了家长绑定：%(title)s", "unlink"),
    V.TEACHER_LOOKED: T("看班级", "看了班级", "看了班级：%(title)s", "users"),
    V.GUARDIAN_LOOKED: T("看孩子", "看了孩子的学习情况", "看了 %(title)s 的学习情况", "eye"),
    V.LESSON_SAVED: T("保存课", "保存了一节课", "保存了课《%(title)s》", "save"),
    V.QUESTION_WRITTEN: T("写题", "写了一道题", "写了一道题：%(title)s", "puzzle"),
    V.QUESTION_RETIRED: T("停用题", "停用了一道题", "停用了一道题：%(title)s", "archive"),
    V.QUESTIONS_IMPORTED: T("导入题目", "导入了题目", "导入了题目：%(title)s", "file-up"),
    V.QUESTIONS_EXPORTED: T("导出题目", "导出了题目", "导出了题目：%(title)s", "file-down"),
    V.UPLOADED: T("上传文件", "上传了文件", "上传了文件：%(title)s", "upload"),
    V.PUBLISHED: T("发布课", "发布了一节课", "发布了课《%(title)s》", "megaphone"),
    V.WITHDRAWN: T("撤回课", "撤回了一节课", "撤回了课《%(title)s》", "undo-2"),
    V.SUBMITTED: T("送审课", "送审了一节课", "送审了课《%(title)s》", "send"),
    V.REVIEWED: T("审过课", "审了一节课", "审了课《%(title)s》", "clipboard-check"),
    V.SUBMISSION_ENDED: T("收回送审", "收回了送审", "收回了课《%(title)s》的送审", "undo-2"),
    V.CHECKLIST_SET: T("改审课清单", "改了审课清单", icon="list-checks"),
    V.PAGE_OVERRIDDEN: T("改本县版本", "改了本县版本", "改了《%(title)s》的本县版本", "layers"),
    V.RECORDING_ASKED: T("邀请录课", "邀请了老师录课", "邀请了老师录课：%(title)s", "mail-plus"),
    V.RECORDING_ANSWERED: T(
        "答复录课邀请", "答复了录课邀请", "答复了录课邀请：%(title)s", "mail-check"
    ),
    V.RECORDING_TAKEN_BACK: T(
        "收回录课邀请", "收回了录课邀请", "收回了录课邀请：%(title)s", "mail-x"
    ),
    V.DOWNLOADED: T("下载", "下载了课的文件", "下载了《%(title)s》", "download"),
    V.OPENED: T("打开课", "打开了一节课", "打开了课《%(title)s》", "book-open"),
    V.PLAYED: T("播放", "播放了视频", "播放了《%(title)s》", "play"),
    V.PAUSED: T("暂停", "暂停了视频", "暂停了《%(title)s》", "pause"),
    V.PROGRESSED: T("观看", "看了视频", "看了《%(title)s》", "monitor-play"),
    V.COMPLETED: T("看完", "看完了一节课", "看完了《%(title)s》", "circle-check"),
    V.NOTE_SAVED: T("记笔记", "记了笔记", "在《%(title)s》里记了笔记", "notebook-pen"),
    V.NOTE_DELETED: T("删笔记", "删了一条笔记", "删了《%(title)s》里的一条笔记", "eraser"),
    V.HANDED_IN: T("交作业或考卷", "交了作业或考卷", "交了：%(title)s", "send"),
    V.CAUSE_SAID: T("说错因", "说了一道题为什么错", icon="message-circle-question-mark"),
    V.DRILL_MADE: T("出小练习", "出了小练习", "出了小练习：%(title)s", "dumbbell"),
    V.EXPLAINED: T("讲错题", "录了一段错题讲解", "录了一段错题讲解：%(title)s", "video"),
    V.EXPLANATION_SEEN: T("看讲解", "看了老师的错题讲解", icon="play"),
    V.LIVE_ASKED: T("课上提问", "在课上出了一道题", icon="vote"),
    V.LIVE_ANSWERED: T("课上作答", "答了课上的题", icon="hand"),
    V.DOUBTED: T("说这里不对", "指出了一处不对的地方", icon="flag"),
    V.EXAM_PLANNED: T("安排考试", "安排了考试", icon="calendar-plus"),
    V.EXAM_CHANGED: T("改考试安排", "改了考试安排", icon="calendar-clock"),
    V.EXAM_STARTED: T("开始考试", "开始了考试", icon="pencil-line"),
    V.EXAM_WATCHED: T("家长监考", "在家监了考", icon="house"),
    V.EXAM_EXTENDED: T("考试加时", "给考试加了时间", icon="timer"),
    V.EXAM_PAUSED: T("暂停考试", "让考试的钟停了下来", icon="circle-pause"),
    V.EXAM_RESUMED: T("考试继续", "让考试继续", icon="circle-play"),
    V.EXAM_NOTED: T("考场记录", "记下了考试中的一件事", icon="clipboard-pen"),
    V.EXAM_RELEASED: T("公布结果", "公布了考试结果", icon="megaphone"),
    V.EXAM_APPEALED: T("申请复查", "申请了复查", icon="message-circle-question-mark"),
    V.APPEAL_ANSWERED: T("答复复查", "答复了复查", icon="message-circle-reply"),
    V.SHEETS_PRINTED: T("印答题卡", "印了答题卡", icon="printer"),
    V.SHEETS_SCANNED: T("扫描答题卡", "送来了扫描的答题卡", icon="scan-line"),
    V.SHEET_DECIDED: T("看答题卡", "决定了答题卡上看不清的地方", icon="scan-eye"),
    V.DESK_SET: T("安排阅卷", "安排了阅卷", icon="users-round"),
    V.DESK_MARKED: T("阅卷", "阅了卷", icon="pen-line"),
    V.DESK_ARBITRATED: T("仲裁", "仲裁了一处评分", icon="scale"),
    V.ATTEMPT_REOPENED: T("退回重交", "退回了一份交上来的", "退回了：%(title)s", "undo-2"),
    V.ATTEMPT_WITHDRAWN: T("作废", "作废了一份", "作废了：%(title)s", "archive"),
    V.LATE_DECIDED: T(
        "处理迟到的答案", "处理了迟到的答案", "处理了迟到的答案：%(title)s", "clock-alert"
    ),
    V.HOMEWORK_SET: T("布置作业", "布置了作业", "布置了作业：%(title)s", "notebook-pen"),
    V.HOMEWORK_MOVED: T(
        "改截止时间", "改了作业的截止时间", "改了作业的截止时间：%(title)s", "calendar-clock"
    ),
    V.HOMEWORK_WITHDRAWN: T("收回作业", "收回了作业", "收回了作业：%(title)s", "undo-2"),
    V.HOMEWORK_RETURNED: T("发回作业", "发回了作业", "发回了作业：%(title)s", "notebook-text"),
    V.HOMEWORK_SIGNED: T("家长签字", "给作业签了字", "给作业签了字：%(title)s", "signature"),
    V.ANSWERED: T("回答任务", "回答了课中任务", "回答了《%(title)s》的课中任务", "list-todo"),
    V.PRESENT: T("到课", "到课了", icon="hand"),
    V.PLAN_ARRANGED: T("安排计划", "安排了今日计划", icon="list-ordered"),
    V.PLAN_TICKED: T(
        "完成一站", "完成了今日计划的一站", "完成了今日计划的一站：%(title)s", "list-checks"
    ),
    V.TERM_SET: T("定学期", "改了学期或假期", "改了学期或假期：%(title)s", "calendar-range"),
    V.PACE_SET: T("排教学进度", "排了教学进度", "排了教学进度：%(title)s", "chart-gantt"),
    V.WEEK_LOST: T("顺延进度", "把进度顺延了一周", "把进度顺延了一周：%(title)s", "calendar-x"),
    V.WEEK_SET: T("排播出", "排了一周播出", "排了播出：%(title)s", "calendar-days"),
    V.ALONG_STARTED: T("开始同看", "开始了全班同看", "开始了全班同看《%(title)s》", "users-round"),
    V.ALONG_ENDED: T("结束同看", "结束了全班同看", "结束了全班同看《%(title)s》", "users-round"),
    V.ALONG_ASKED: T("同看时提问", "在同看时提了问", "同看《%(title)s》时提了问", "megaphone"),
    V.PACK_SENT: T("发课后包", "发了课后包", "发了课后包《%(title)s》", "package"),
    V.PACK_OPENED: T("打开课后包", "打开了课后包", "打开了课后包《%(title)s》", "package-open"),
    V.CAPACITY_MEASURED: T("测容量", "让服务器测了一次自己", icon="gauge"),
    V.CONSENT_GIVEN: T("给出同意", "同意了一项", "同意了：%(title)s", "circle-check"),
    V.CONSENT_REFUSED: T("说不同意", "没有同意一项", "没有同意：%(title)s", "circle-x"),
    V.CONSENT_WITHDRAWN: T("收回同意", "收回了一项同意", "收回了同意：%(title)s", "undo-2"),
    V.CONSENT_ASKED: T(
        "想先问问", "想先问问再决定", "想先问问：%(title)s", "message-circle-question-mark"
    ),
    V.PROFILE_CHOSEN: T("选定法律配置", "选定了法律配置", "选定了法律配置：%(title)s", "scale"),
    V.PULSE_IMPORTED: T("导入心率", "导入了手环的心率", icon="heart-pulse"),
    V.PULSE_DELETED: T("删掉心率", "删掉了手环的心率", icon="eraser"),
    V.LESSON_DISCUSSED: T(
        "讨论备课", "在一节课里留了言", "在《%(title)s》的备课里留了言", "message-square"
    ),
    V.LESSON_SUGGESTED: T(
        "修改建议", "处理了修改建议", "在《%(title)s》的备课里提了或处理了修改建议", "pencil-line"
    ),
    V.LESSON_SHARED: T(
        "一起备课", "调整了一起备课的人", "调整了《%(title)s》一起备课的人", "users"
    ),
}  # fmt: skip
UNTOLD = Telling("其他", "做了一件事", "做了一件事：%(title)s")


def describe(line: EventLine) -> str:
    """The act as a sentence without its actor, in the language of the page; never a code."""
    telling = _telling(line.verb)
    text = telling.about if line.title and telling.about else telling.plain
    sentence = _(text) % {"title": line.title} if "%(" in text else _(text)
    if line.verb == Verb.PROGRESSED and line.seconds:
        sentence = _("%(what)s，%(time)s") % {"what": sentence, "time": _long(line.seconds)}
    return sentence


def icon_of(line: EventLine) -> str:
    return _telling(line.verb).icon


def verb_name(verb: str) -> str:
    """The act as a table's heading names it."""
    return _(_telling(verb).name)


def _telling(verb: str) -> Telling:
    try:
        return TELLINGS.get(Verb(verb), UNTOLD)
    except ValueError:  # written by a newer or older version of the house
        return UNTOLD


def _long(seconds: int) -> str:
    if seconds < 60:
        return _("%(n)d 秒") % {"n": seconds}
    return _("%(n)d 分钟") % {"n": round(seconds / 60)}
