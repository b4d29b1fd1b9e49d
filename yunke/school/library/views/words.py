"""Reasons in words: what was wrong, what was kept, what to do."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yunke.school.library.rules import parsed_reason
from yunke.school.library.values import SUBJECT_ICONS, SUBJECT_NAMES

REASONS: dict[str, Any] = {
    "empty": gettext_lazy("这个文件是空的，一个字节也没有。请重新选一个文件。"),
    "bad-name": gettext_lazy("文件名太长或有看不见的字符。请改名后再选。"),
    "unknown-kind": gettext_lazy("不认识这种文件。"),
    "not-video": gettext_lazy(
        "这不是视频，改过扩展名也打不开。请选 MP4、MOV、MKV、WebM 等视频文件。"
    ),
    "not-courseware": gettext_lazy("这不是课件。请选 PDF 或 PPTX 文件。"),
    "not-captions": gettext_lazy("这不是字幕。请选 VTT 或 SRT 文件。"),
    "no-language": gettext_lazy("请先选字幕是中文还是英文。"),
    "too-large": gettext_lazy("文件太大了。请压缩或分成几节后再传。"),
    "over-quota": gettext_lazy("你的存储空间不够放下它。删掉不用的文件，或请管理员增加空间。"),
    "too-many-bytes": gettext_lazy("传来的比说好的多。已传的部分都在，请重新选同一个文件继续。"),
    "truncated": gettext_lazy("视频不完整，后面的部分丢了。请从原来的设备重新导出，再传一次。"),
    "lying": gettext_lazy("文件头写的大小不可能是真的，文件已损坏。请重新导出。"),
    "no-index": gettext_lazy("视频没有录完就断了，缺少索引。请重新导出，再传一次。"),
    "no-film": gettext_lazy("视频里没有画面数据。请重新导出。"),
    "no-picture": gettext_lazy("文件里只有声音，没有画面。请选有画面的视频。"),
    "huge-picture": gettext_lazy("画面尺寸太大，超过 8K。请导出为 1080p。"),
    "too-long": gettext_lazy("视频超过六小时。请分成几节。"),
    "broken": gettext_lazy("文件打不开，可能已损坏。请在电脑上打开确认，重新导出后再传。"),
    "locked": gettext_lazy("文件有密码。请去掉密码后再传。"),
    "many-pages": gettext_lazy("页数太多，超过 600 页。请分成几份。"),
    "old-slides": gettext_lazy("这是旧格式的幻灯片。请另存为 PPTX 或 PDF。"),
    "bomb": gettext_lazy("压缩包展开后大得不正常，没有打开它。请重新导出课件。"),
    "unsafe-names": gettext_lazy("课件里有不安全的文件名，没有打开它。请重新导出课件。"),
    "macros": gettext_lazy("课件里有宏程序。请另存为不含宏的 PPTX 或 PDF。"),
    "large-captions": gettext_lazy("字幕文件太大了。"),
    "overlap": gettext_lazy(
        "字幕第 %(line)s 行的开始时间在第 %(other)s 行那一条结束之前，两条重叠了。"
    ),
    "order": gettext_lazy("字幕第 %(line)s 行的时间比第 %(other)s 行的早，顺序乱了。"),
    "backwards": gettext_lazy("字幕第 %(line)s 行的结束时间不晚于开始时间。"),
    "times": gettext_lazy("字幕第 %(line)s 行的时间看不懂。应写成 00:01:02.000 --> 00:01:05.000。"),
    "many": gettext_lazy("字幕条数太多。"),
    "too-much": gettext_lazy("检查这个文件花了太多力气，已停下。文件可能已损坏，请重新导出。"),
    "not-convertible": gettext_lazy("这种视频没能转换。请导出为 MP4（H.264）后再传。"),
    "no-sizes": gettext_lazy("小尺寸没有做成，原视频照常可看。"),
    "stopped": gettext_lazy("检查中断了三次，没有完成。请再传一次。"),
    "no-lesson": gettext_lazy("没有找到这节课，或者它不归你管。"),
    "no-upload": gettext_lazy("没有找到这次上传，可能已过期。请重新选文件。"),
    "not-growing": gettext_lazy("这次上传已经结束。"),
    "offset": gettext_lazy("续传的位置不对。已传的部分都在，正在重新对齐。"),
    "no-space": gettext_lazy("服务器的硬盘满了，暂时收不下。已传的部分都在，请告诉管理员。"),
    "busy": gettext_lazy("上一段还在写入，请稍等。"),
}


def reason_text(reason: str) -> str:
    """A stored reason ("overlap:6:3") for people, in the language of the page."""
    code, line, other = parsed_reason(reason)
    text = str(REASONS.get(code) or _("出错了，请再试一次。"))
    return text % {"line": line, "other": other} if "%(" in text else text


def subjects() -> list[dict[str, str]]:
    return [
        {"id": key, "name": zh, "name_en": en, "icon": SUBJECT_ICONS[key]}
        for key, (zh, en) in SUBJECT_NAMES.items()
    ]


def subject_name(key: str) -> dict[str, str]:
    zh, en = SUBJECT_NAMES.get(key, ("", ""))
    return {"id": key, "name": zh, "name_en": en, "icon": SUBJECT_ICONS.get(key, "library")}
