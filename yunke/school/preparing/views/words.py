"""Fields, places, parts and roles in the language of the page."""

from django.utils.translation import gettext_lazy as _

from yunke.school.preparing.values import Part

FIELD_NAMES = {
    "unit": _("单元"),
    "title": _("课题"),
    "title_en": _("英文课题"),
    "goals": _("学习目标"),
    "points": _("知识点"),
    "minutes": _("时长（分钟）"),
    "summary": _("简介"),
    "summary_en": _("英文简介"),
    "chapters": _("章节"),
    "download_allowed": _("允许下载"),
    "files": _("文件"),
    "tasks": _("课中任务"),
    "video": _("视频"),
    "courseware": _("课件"),
    "captions": _("字幕"),
}
PLACE_NAMES = {
    "lesson": _("整节课"),
    "goal": _("学习目标"),
    "page": _("课件"),
    "second": _("视频"),
    "task": _("课中任务"),
}
PART_NAMES = {
    Part.AUTHOR: _("主备"),
    Part.WORDS: _("文字"),
    Part.GOALS: _("目标"),
    Part.POINTS: _("知识点"),
    Part.FILES: _("视频与课件"),
    Part.TASKS: _("课中任务"),
    Part.SUGGESTED: _("建议被采用"),
}
ROLE_NAMES = {"author": _("主备"), "editor": _("一起写"), "commenter": _("看和评")}
ICONS = {
    "lesson": "book-open", "section": "text-quote", "goal": "target", "page": "presentation",
    "second": "clapperboard", "task": "list-checks",
}  # fmt: skip


def field_name(name: str) -> str:
    return str(FIELD_NAMES.get(name, name))
