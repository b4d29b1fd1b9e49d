"""A question of every kind, as the example table shows them."""

from fractions import Fraction

from yunke.craft.marking import items as m

C = m.Choice


def example_items() -> list[tuple[m.Item, tuple[str, ...]]]:
    """Each with its knowledge points."""
    found = [*_chosen(), *_written(), *_arranged(), *_shown()]
    return [(m.Item("example", prompt, key), (point,)) for prompt, key, point in found]


Told = tuple[str, m.Key, str]


def _chosen() -> list[Told]:
    options = (
        C("A", "25"), C("B", "35", "own:没有退位"), C("C", "59", "own:看错了符号"), C("D", "24"),
    )  # fmt: skip
    even = (C("A", "2"), C("B", "3"), C("C", "40"))
    return [
        ("42-17 = ？", m.ChoiceKey(options, "A"), "两位数减法"),
        ("哪些是偶数？", m.MultipleKey(even, ("A", "C")), "奇数和偶数"),
        ("1 千克比 900 克重。", m.TrueFalseKey(True), "千克和克"),
    ]


def _written() -> list[Told]:
    months = (
        m.Blank("1", number=m.NumberKey("12")), m.Blank("2", number=m.NumberKey("28")),
    )  # fmt: skip
    why = "没有一个数乘 0 得到不是 0 的数"
    return [
        ("一年有 ___ 个月，平年的二月有 ___ 天。", m.BlanksKey(months), "年月日"),
        ("305×4 = ？", m.NumberKey("1220", expression="305*4"), "三位数乘一位数"),
        ("长 $a$、宽 $b$ 的长方形，周长是多少？", m.FormulaKey(("2(a+b)",)), "长方形的周长"),
        ("为什么 0 不能作除数？", m.ShortTextKey((why,)), "除法"),
        ("用今天学的乘法编一个故事。", m.LongTextKey((), 50, 200), "三位数乘一位数"),
    ]


def _arranged() -> list[Told]:
    matching = m.MatchingKey(
        (C("a", "毫米"), C("b", "米"), C("c", "千米")),
        (C("1", "硬币的厚"), C("2", "教室的长"), C("3", "两座城的距离")),
        (m.Pair("a", "1"), m.Pair("b", "2"), m.Pair("c", "3")),
    )
    parts = (C("a", "$\\frac14$"), C("b", "$\\frac13$"), C("c", "$\\frac12$"))
    return [
        ("把单位和它最适合的东西连起来。", matching, "长度单位"),
        ("按从小到大排。", m.OrderingKey(parts, ("a", "b", "c")), "比较分数"),
    ]


def _shown() -> list[Told]:
    criteria = (m.Criterion("1", "读得清楚", Fraction(1)),)
    return [
        ("用竖式算 248×6，写在纸上。", m.HandwritingKey("", "1488"), "三位数乘一位数"),
        ("大声读一读。", m.ReadingKey("三七二十一，四七二十八。", "zh", criteria), "乘法口诀"),
        ("背七的乘法口诀。", m.RecitationKey("一七得七，二七十四，三七二十一"), "乘法口诀"),
        ("量一量书桌的长和宽，拍下来。", m.PracticalKey(("photo",)), "测量"),
        ("去超市比一比哪种牛奶便宜。", m.SignedKey("孩子自己比过了价格。"), "人民币"),
    ]
