"""A question of every kind, as the example table shows them."""

from fractions import Fraction

from yunke.craft.marking import items as m

C = m.Choice


def example_items() -> list[tuple[m.Item, tuple[str, ...]]]:
    """Each with its knowledge points."""
    return [
        (_choice(), ("两位数减法",)),
        (
            _item(
                "哪些是偶数？", m.MultipleKey((C("A", "2"), C("B", "3"), C("C", "40")), ("A", "C"))
            ),
            ("奇数和偶数",),
        ),
        (_item("1 千克比 900 克重。", m.TrueFalseKey(True)), ("千克和克",)),
        (
            _item(
                "一年有 ___ 个月，平年的二月有 ___ 天。",
                m.BlanksKey(
                    (
                        m.Blank("1", number=m.NumberKey("12")),
                        m.Blank("2", number=m.NumberKey("28")),
                    )
                ),
                Fraction(2),
            ),
            ("年月日",),
        ),
        (_item("305×4 = ？", m.NumberKey("1220", expression="305*4")), ("三位数乘一位数",)),
        (
            _item("长 $a$、宽 $b$ 的长方形，周长是多少？", m.FormulaKey(("2(a+b)",))),
            ("长方形的周长",),
        ),
        (
            _item(
                "把单位和它最适合的东西连起来。",
                m.MatchingKey(
                    (C("a", "毫米"), C("b", "米"), C("c", "千米")),
                    (C("1", "硬币的厚"), C("2", "教室的长"), C("3", "两座城的距离")),
                    (m.Pair("a", "1"), m.Pair("b", "2"), m.Pair("c", "3")),
                ),
            ),
            ("长度单位",),
        ),
        (
            _item(
                "按从小到大排。",
                m.OrderingKey(
                    (C("a", "$\\frac14$"), C("b", "$\\frac13$"), C("c", "$\\frac12$")),
                    ("a", "b", "c"),
                ),
            ),
            ("比较分数",),
        ),
        (
            _item("为什么 0 不能作除数？", m.ShortTextKey(("没有一个数乘 0 得到不是 0 的数",))),
            ("除法",),
        ),
        (
            _item("用今天学的乘法编一个故事。", m.LongTextKey((), 50, 200), Fraction(5)),
            ("三位数乘一位数",),
        ),
        (_item("用竖式算 248×6，写在纸上。", m.HandwritingKey("", "1488")), ("三位数乘一位数",)),
        (_item("大声读一读乘法口诀。", m.ReadingKey("三七二十一，四七二十八。")), ("乘法口诀",)),
        (
            _item("背七的乘法口诀。", m.RecitationKey("一七得七，二七十四，三七二十一")),
            ("乘法口诀",),
        ),
        (_item("量一量书桌的长和宽，拍下来。", m.PracticalKey(("photo",))), ("测量",)),
        (
            _item(
                "和家人一起去超市，比一比两种牛奶哪种便宜。", m.SignedKey("孩子自己比过了价格。")
            ),
            ("人民币",),
        ),
    ]


def _item(prompt: str, key: m.Key, points: Fraction = Fraction(1)) -> m.Item:
    return m.Item("example", prompt, key, points)


def _choice() -> m.Item:
    options = (
        C("A", "25"), C("B", "35", "own:没有退位"), C("C", "59", "own:把减看成加"), C("D", "24"),
    )  # fmt: skip
    return m.Item(
        "example", "42-17 = ？", m.ChoiceKey(options, "A"), reasoning="42-10=32，32-7=25。"
    )
