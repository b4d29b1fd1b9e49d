"""What of a file was not understood, in words. The codes are the readers'."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yunke.school.library.views.questionwords import FAULTS, fault_text

MISSING: dict[str, Any] = {
    "no-kind": _("这不是 QTI 的压缩包，也不是 Excel 文件。请选 .zip 或 .xlsx。"),
    "no-book": _("Excel 文件打不开。请用 Excel 另存为 .xlsx 再试。"),
    "no-sheet": _("Excel 里没有内容。"),
    "many-sheets": _("Excel 里有几张有内容的表，不知道用哪一张。请只留一张。"),
    "many-rows": _("行数太多，请分成几个文件。"),
    "no-heading": _("第一行要有“题型”和“题干”这两列。请用示例表格。"),
    "no-prompt": _("这一题没有题干，没有收。"),
    "left-out": _("这一题缺了东西，没有收。"),
    "no-counterpart": _("这一题的问法这里没有，没有收。"),
    "zip-broken": _("压缩包打不开，可能没有传完。"),
    "zip-many": _("压缩包里的文件太多。"),
    "zip-path": _("压缩包里有指向外面的文件名，没有打开它。"),
    "zip-link": _("压缩包里有链接，没有打开它。"),
    "zip-twice": _("压缩包里有两个同名的文件，没有打开它。"),
    "zip-locked": _("压缩包有密码。请去掉密码再试。"),
    "zip-method": _("压缩包的压缩方式这里不认识。请用普通的 zip。"),
    "zip-bomb": _("压缩包展开后大得不正常，没有打开它。"),
    "zip-large": _("压缩包展开后太大。请分成几个。"),
    "zip-nested": _("压缩包里还有压缩包，没有打开它。"),
    "empty": _("里面没有读到一道题。"),
    "xml-broken": _("XML 写得不对。"),
    "xml-entity": _("XML 里自己定义了实体，这可能撑爆机器，没有读它。"),
    "xml-outside": _("XML 要读包外面的文件，没有读它。"),
    "xml-large": _("这个文件大得不像一道题。"),
    "item-long": _("这一题超过十万字，没有收。"),
    "item-twice": _("有两题同一个编号，后一题的编号加了数字。"),
    "item-empty": _("这一题里没有能作答的地方，没有收。"),
    "id-missing": _("少了编号。"),
    "id-twice": _("一个编号用了两次，后一个没有收。"),
    "version": _("版本不认识，按 2.1 读了。"),
    "item-again": _("这一题在包里已经有了。"),
    "element": _("这个标记不认识，里面的文字留下了。"),
    "dropped": _("这个标记不能留。"),
    "attribute": _("这个地址不能留。"),
    "interaction": _("这种作答方式这里没有。"),
    "media-missing": _("题里的图或声音不在包里。"),
    "media-outside": _("图在包外面，没有收。"),
    "link-outside": _("链接指向别的网站，去掉了，文字留下了。"),
    "resource-missing": _("清单里写了一个包里没有的文件。"),
    "include-round": _("引用绕成了圈，停在这里。"),
    "include-missing": _("引用的文件不在包里。"),
    "include-deep": _("引用套得太深。"),
    "stimulus-missing": _("共用的材料不在包里。"),
    "declaration": _("这个作答的地方没有说明答案。"),
    "key-unknown": _("正确答案不在选项里。"),
    "key-none": _("没有给正确答案，由老师批改。"),
    "template": _("计分的模板不认识，按写明的正确答案来。"),
    "program": _("计分的程序这里不跟，按写明的正确答案来。"),
    "feedback-when": _("这条反馈什么时候给看不明白，留下了。"),
    "points": _("分值不是数。"),
}


def missing_text(code: str, detail: str = "") -> str:
    """In the language of the page, what stands there in brackets."""
    told = str(MISSING[code]) if code in MISSING else fault_text(code) if code in FAULTS else code
    return str(_("%(why)s（%(what)s）") % {"why": told, "what": detail}) if detail else told
