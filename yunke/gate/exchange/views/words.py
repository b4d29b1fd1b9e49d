"""Every code of the reading in words: what is wrong, and what to do about it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from yunke.gate.exchange.values import Act, Shown, Thing, Wrong


def act_words() -> dict[str, tuple[str, str, str]]:
    """act → (name, icon, kind of chip)."""
    return {
        Act.WRONG: (_("有错误"), "circle-alert", "wrong"),
        Act.NEW: (_("新增"), "user-plus", "good"),
        Act.CHANGED: (_("变更"), "pencil-line", "info"),
        Act.GONE: (_("离开"), "door-open", "wait"),
        Act.SAME: (_("没有变"), "equal", ""),
    }


def thing_words() -> dict[str, tuple[str, str]]:
    return {
        Thing.ORG: (_("学校和单位"), "school"),
        Thing.CLASS: (_("班级"), "users"),
        Thing.PUPIL: (pgettext("many", "学生"), "backpack"),
        Thing.STAFF: (_("教职工"), "contact"),
        "term": (_("学期"), "calendar-days"),
    }


def state_words() -> dict[str, tuple[str, str]]:
    return {
        "waiting": (_("等待读取"), "wait"),
        "reading": (_("正在读取"), "wait"),
        "refused": (_("没有收下"), "wrong"),
        "read": (_("等您确认"), "info"),
        "writing": (_("正在导入"), "wait"),
        "done": (_("已导入"), "good"),
        "dropped": (_("已放弃"), ""),
        "undoing": (_("正在撤销"), "wait"),
        "undone": (_("已撤销"), ""),
    }


def stage_words() -> dict[str, str]:
    return {
        "": _("排队等待"),
        "unpack": _("打开压缩包"),
        "users": _("读取人员"),
        "roles": _("读取角色"),
        "enrollments": _("读取选课和任课"),
        "places": _("核对学校和班级"),
        "here": _("取出现有名册"),
        "match": _("逐人比对"),
        "logins": _("准备账户"),
        "preview": _("整理预览"),
        "writing": _("写入数据库"),
        "undoing": _("恢复原样"),
    }


def column_words() -> dict[str, str]:
    """A plain list's columns."""
    return {
        "": _("不用这一列"),
        "school": _("学校"),
        "school_code": _("学校代码"),
        "grade": _("年级"),
        "class": _("班级"),
        "name": _("姓名"),
        "id": _("学号或工号"),
        "role": _("角色"),
        "subject": _("学科"),
        "login": _("登录名"),
        "head": _("是否班主任"),
        "guardian": _("家长（不保存）"),
        "phone": _("手机（不保存）"),
    }


def _row_words() -> dict[str, str]:
    return {
        "rounded": _("像 1.23E+11 这样的编号已被 Excel 改坏。请把这一列设为“文本”后重新填写。"),
        "no-id": _("没有编号。请填写学号、学籍号或工号。"),
        "long-id": _("编号超过 100 个字，请检查是不是填错了列。"),
        "bad-id": _("编号里有看不见的字符，请重新输入。"),
        "no-name": _("没有姓名。"),
        "long-name": _("姓名超过 60 个字，请检查是不是填错了列。"),
        "bad-name": _("姓名里有看不见或损坏的字符，请重新输入。"),
        "formula": _("这一格是公式。请复制后“选择性粘贴—数值”，再上传。"),
        "twice": _("同一个编号出现了两次，前一次在第 %(other)s 行。请删去一行。"),
        "twice-other": _("同一个编号，两个名字；前一次在第 %(other)s 行。请改正其中一个编号。"),
        "no-school": _("没有写学校。"),
        "no-class": _("看不出是几班。请写成“三年级2班”或“2”。"),
        "no-grade": _("看不出是几年级。请写成“三年级”“初一”或 1 到 12。"),
        "same-class": _("这个年级和班号已经有一个班，在第 %(other)s 行。"),
        "same-code": _("这个学校代码已经有别的学校在用。请核对代码。"),
        "other-school": _("这所学校不在您管理的范围里。请只上传自己的名册。"),
        "no-such-org": _("orgs.csv 里没有这个学校编号。"),
        "no-such-class": _("classes.csv 里没有这个班级编号。"),
        "no-such-user": _("users.csv 里没有这个人员编号。"),
        "role-clash": _("人员的角色和选课里的角色不一致。"),
        "other-kind": _("这个编号在系统里是另一类人（%(other)s）。请核对编号。"),
        "no-role": _("roles.csv 里没有这个人的角色。"),
        "unknown-value": _("不认识“%(value)s”。请对照样例改正这一格。"),
        "status": _("status 只能是 active 或 tobedeleted。"),
        "bad-text": _("这一格是空的、太长，或有看不见的字符。"),
        "bad-day": _("日期要写成 2026-09-01 这样。"),
        "cells": _("这一行的格数和表头不一样（%(value)s），多半是少了引号。"),
    }


def column_text(wrong: Wrong) -> str:
    """A column by its name in a list, by the standard's in a bundle."""
    if wrong.file != "list":
        return wrong.column
    # A place of a list is named in its column of schools, not in a file of places.
    column = "school" if wrong.code in ("other-school", "same-code") else wrong.column
    return column_words().get(column, column)


def wrong_text(wrong: Wrong) -> str:
    words = _row_words().get(wrong.code, _("这一行读不懂。"))
    return words % {"value": wrong.value, "other": wrong.other} if "%(" in words else words


def trouble_text(trouble: dict[str, Any]) -> tuple[str, str]:
    """A file that was refused as a whole: what it is, what to do."""
    again = _("另存为“CSV UTF-8”后重新上传；什么都没有写入。")
    words = {
        "mixed": (_("文件里混着两种编码：从这一行起和前面不一样。"), again),
        "ambiguous": (_("这一行按两种编码都读得通，名字会不一样，不能替您猜。"), again),
        "big5": (_("这是 Big5（繁体）编码，直接转换会认错字。"), again),
        "unknown": (_("这一行不是任何一种能认的编码。"), again),
        "nul": (_("文件里有空字符，多半不是文本文件，或者传坏了。"), again),
        "long": (_("有一行长得不像名册。"), _("请检查文件后重新上传。")),
        "quote": (_("从这一行起引号没有配对，后面的内容分不开。"), _("请补上引号后重新上传。")),
        "long-cell": (
            _("从这一行起有一格特别长，多半是引号没有配对。"),
            _("请补上引号后重新上传。"),
        ),
        "wide": (_("这一行的列数太多。"), _("请检查分隔符后重新上传。")),
        "empty": (_("文件是空的。"), _("请选有内容的文件。")),
        "no-header": (
            _("前十行里没有找到表头。"),
            _("请在第一行写上列名，至少有“姓名”和“学号”，可以下载样例照着填。"),
        ),
        "no-column": (_("缺少必要的一列：%(value)s。"), _("请补上这一列后重新上传。")),
        "no-file": (_("manifest.csv 里写着有 %(file)s.csv，压缩包里却没有。"), _("请重新打包。")),
        "no-files": (_("压缩包里没有 OneRoster 的 CSV 文件。"), _("请把 CSV 放在最外层打包。")),
        "bad-mode": (
            _("manifest.csv 里有不认识的值：%(value)s。"),
            _("只能是 bulk、delta 或 absent。"),
        ),
        "version": (_("OneRoster 版本 %(value)s 还不支持。"), _("请导出 1.1 或 1.2 版。")),
        "zip-broken": (_("压缩包打不开，可能没有传完。"), _("请重新打包后上传。")),
        "zip-many": (_("压缩包里文件太多，不像名册。"), _("请只打包名册的 CSV 文件。")),
        "zip-path": (_("压缩包里有越界的路径：%(file)s。"), _("没有解开任何文件。请重新打包。")),
        "zip-link": (_("压缩包里有链接：%(file)s。"), _("没有解开任何文件。请重新打包。")),
        "zip-twice": (_("压缩包里有同名的文件：%(file)s。"), _("请删去一个后重新打包。")),
        "zip-locked": (_("压缩包有密码。"), _("请不设密码重新打包。")),
        "zip-method": (_("压缩方式不支持：%(file)s。"), _("请用普通的 ZIP 重新打包。")),
        "zip-bomb": (_("压缩包展开后大得不正常：%(file)s。"), _("没有解开任何文件。")),
        "zip-large": (_("展开后太大。"), _("请分学校或分区县打包。")),
        "zip-nested": (_("压缩包里还有压缩包：%(file)s。"), _("请把 CSV 直接打包。")),
        "no-book": (_("这个 Excel 文件打不开。"), _("请另存为 .xlsx 或 CSV UTF-8 后重新上传。")),
        "no-sheet": (_("Excel 里没有可见的、有内容的工作表。"), _("隐藏的工作表不会读取。")),
        "many-sheets": (
            _("Excel 里有几张有内容的工作表：%(file)s。"),
            _("不能替您猜哪一张是名册，请只留一张。"),
        ),
        "many-rows": (_("Excel 超过 20 万行。"), _("请改用 OneRoster 压缩包。")),
        "clash": (
            _("预览之后数据库又有改动，导入已整个撤回，一行都没有写入。"),
            _("名册已经重新读取；请看过新的预览再导入。"),
        ),
    }
    what, todo = words.get(trouble["code"], (_("这个文件读不懂。"), _("什么都没有写入。")))
    told = {"value": trouble.get("value", ""), "file": trouble.get("file", "")}
    return (what % told if "%(" in what else what), todo


def finding_text(finding: dict[str, Any]) -> tuple[str, str]:
    """What stands out about the file as a whole: a headline, and a sentence."""
    about = finding["about"]
    words = {
        "stranger": (
            _("名册里写的学校是“%(name)s”"),
            _("和您管理的学校名字不一样，可能是别的学校的名册。"),
        ),
        "nobody": (
            _("现有的 %(there)s 人，名册里一个也没有"),
            _("看起来是别的学校的名册。导入会让现在的人全部离校。"),
        ),
        "crossing": (
            _("有 %(count)s 人现在属于别的学校"),
            _("导入会把他们转到这里来。如果不是转学，请先核对。"),
        ),
        "last-year": (
            _("有 %(count)s 名学生比现在低一个年级"),
            _("看起来是去年的名册。请确认拿的是新学年的文件。"),
        ),
        "terms-over": (_("名册里的学期都已经结束"), _("可能是旧的名册，请确认。")),
        "leavers": (
            _("有 %(count)s 人会离校，超过现有 %(there)s 人的一成"),
            _("离校的人立刻不能登录。毕业季是正常的；如果只是少打包了几个班，请先补齐。"),
        ),
        "half": (
            _("有 %(count)s 个班的学生，名册里一个也没有"),
            _("现在一共有 %(there)s 个班。像是只导出了一部分，请确认。"),
        ),
    }
    title, text = words[finding["code"]]
    return title % about, text % about


def what_text(what: dict[str, Any]) -> str:
    """One change of a line, in words."""
    before, after = what["before"], what["after"]
    if what["what"] == "class":
        if before and after:
            return _("%(before)s → %(after)s") % what
        words = _("进入 %(after)s") if after else _("离开 %(before)s")
        return words % what
    words = {
        "name": _("改名：%(before)s → %(after)s"),
        "title": _("班名：%(before)s → %(after)s"),
        "grade": _("年级：%(before)s → %(after)s"),
        "ended": _("重新开班"),
        "back": _("回到学校"),
        "adopted": _("认出已有账户，记下编号"),
        "crossing": _("从别的学校转来"),
    }[what["what"]]
    return words % what if "%(" in words else words


def shown_line(line: Shown) -> dict[str, Any]:
    return {"line": line, "told": [what_text(one) for one in line.what]}


def written_words() -> dict[str, str]:
    return {
        "orgs": _("新的学校和单位"),
        "classes": _("新的班级"),
        "classes_changed": _("改动的班级"),
        "classes_ended": _("结束的班级"),
        "persons": _("新的账户"),
        "persons_renamed": _("改名"),
        "persons_back": _("回到学校"),
        "persons_left": _("离校"),
        "ties": _("进入班级"),
        "ties_ended": _("离开班级"),
        "terms": _("新的学期"),
    }


def undone_words() -> dict[str, str]:
    return {
        "persons_gone": _("删去的新账户"),
        "persons_closed": _("停用的新教职工账户"),
        "persons_back": _("恢复的人员"),
        "ties_gone": _("撤回的班级关系"),
        "memberships_back": _("恢复的班级关系"),
        "guardians_back": _("恢复的家长绑定"),
        "dutys_back": _("恢复的职务"),
        "classs_back": _("恢复的班级"),
        "classes_back": _("恢复的班级"),
        "classes_gone": _("结束的新班级"),
        "terms": _("撤回的学期"),
    }
