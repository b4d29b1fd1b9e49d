"""What a question lacks, and what marking said, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# What the editor misses, by the code of ``rules.drafting``.
FAULTS: dict[str, Any] = {
    "kind": _("请选题型。"),
    "prompt": _("请写题干。"),
    "points": _("分值写成 0 到 1000 的数，例如 2 或 0.5。"),
    "points-none": _("请选学科和年级。"),
    "key": _("答案还不完整。"),
    "options-few": _("至少写两个选项。"),
    "options-alike": _("有两个选项是一样的。"),
    "right-none": _("请标出正确答案。"),
    "number": _("这里要写一个数，例如 3.5、1/2、3……2。"),
    "whole": _("这里要写整数。"),
    "most-less": _("最多的字数比最少的还少。"),
    "expression": _("算式读不懂。写成 42-17、1/2+1/3、305*4 这样的。"),
    "formula-none": _("请写答案的算式。"),
    "formula": _("算式读不懂。可以写 2(x+1)、x^2、1/2、sqrt(2)。"),
    "blanks-none": _("请给每个空写答案。"),
    "pairs-few": _("至少写两对。"),
    "order": _("错的顺序写成序号，例如 2 1 3，每个都要有。"),
    "text": _("请写要读或要背的文字。"),
    "media": _("请选照片或视频。"),
    "statement": _("请写家长签字的那句话。"),
    "picture": _("这不是能用的图片。请选 PNG 或 JPG，不超过 20 MB。"),
}
# What marking said, by its reason.
REASONS: dict[str, Any] = {
    "right": _("正确。"),
    "wrong": _("不对。"),
    "blank": _("没有作答。"),
    "parts": _("一部分对。"),
    "choice.wrong": _("选错了。"),
    "choice.incomplete": _("没有选全。"),
    "choice.part": _("一部分选对。"),
    "choice.unknown": _("选的不是这道题的选项，由人来看。"),
    "order.wrong": _("顺序不对。"),
    "order.part": _("一部分顺序对。"),
    "order.twice": _("有一项排了两次，由人来看。"),
    "match.wrong": _("连错了。"),
    "match.not-due": _("连了不该连的。"),
    "match.unread": _("连线读不懂，由人来看。"),
    "number.wrong": _("数不对。"),
    "number.unread": _("读不出数，由人来看。"),
    "number.rest": _("写成了有余数的样子，由人来看。"),
    "number.no-rest": _("没有写余数。"),
    "unit.missing": _("没有写单位。"),
    "unit.wrong": _("单位错了。"),
    "unit.other-word": _("单位的说法不同，由人来看。"),
    "unit.unasked": _("多写了单位，由人来看。"),
    "form.places": _("小数位数不合要求。"),
    "form.lowest": _("没有约成最简分数。"),
    "form.mixed": _("没有写成带分数。"),
    "form.percent": _("没有写成百分数。"),
    "form.decimal": _("没有写成小数。"),
    "form.expanded": _("没有展开。"),
    "form.factored": _("没有分解因式。"),
    "formula.wrong": _("算式不相等。"),
    "text.wrong": _("不对。"),
    "text.near": _("差一个字母，由人来看。"),
    "text.other": _("不在答案里，由人来看。"),
    "text.person": _("由老师来看。"),
    "person": _("由老师来看。"),
    "person.nothing": _("什么都没有交，由老师来看。"),
    "signed.open": _("家长还没有签。"),
    "by-hand": _("老师批的。"),
    "answer.unread": _("读不懂，由人来看。"),
    "answer.too-long": _("太长了，由人来看。"),
    "blanks.unread": _("读不懂，由人来看。"),
}


def fault_text(code: str) -> str:
    return str(FAULTS.get(code, FAULTS["key"]))


def reason_text(code: str) -> str:
    """What a rule said; a formula that could not be compared goes to a person."""
    if code.startswith("formula.") and code not in REASONS:
        return str(REASONS["answer.unread"])
    return str(REASONS.get(code, code))
