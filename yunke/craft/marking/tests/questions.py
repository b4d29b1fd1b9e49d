"""One question of every kind, for tests."""

from fractions import Fraction

from yunke.craft.marking.items import (
    Blank,
    BlanksKey,
    Choice,
    ChoiceKey,
    Criterion,
    FormulaKey,
    FormulaShape,
    HandwritingKey,
    Item,
    LongTextKey,
    MatchingKey,
    MultipleKey,
    NumberForm,
    NumberKey,
    OrderingKey,
    OrderRule,
    Pair,
    PartRule,
    PracticalKey,
    ReadingKey,
    RecitationKey,
    Result,
    ShortTextKey,
    SignedKey,
    TextKey,
    TrueFalseKey,
    UnitRule,
)

ABCD = (
    Choice("A", "24", "carry-lost"),
    Choice("B", "34"),
    Choice("C", "214", "whole-sum-written"),
    Choice("D", "10"),
)
CRITERIA = (
    Criterion("content", "内容", Fraction(3)),
    Criterion("words", "用词", Fraction(2)),
)


def item(key: object, points: Fraction | int = 2, **more: object) -> Item:
    return Item("q1", "题目", key, Fraction(points), **more)


EVERY_KIND: tuple[Item, ...] = (
    Item("choice", "19 + 15 = ?", ChoiceKey(ABCD, "B"), Fraction(3), ("add",), "9 + 5 = 14，进一"),
    Item(
        "multiple",
        "哪些是偶数？",
        MultipleKey(ABCD, ("A", "B", "D"), PartRule.EACH),
        Fraction(5, 2),
    ),
    Item("true-false", "0 是自然数。", TrueFalseKey(True, "zero")),
    Item(
        "blanks",
        "____ 的首都是 ____，人口约 ____。",
        BlanksKey(
            (
                Blank("1", text=TextKey(("中国", "中华人民共和国"), True)),
                Blank("2", text=TextKey(("北京",), False, False, (Result("南京", "capital"),))),
                Blank("3", number=NumberKey("14", "亿", "0.5"), weight=Fraction(2)),
                Blank("4", formula=FormulaKey(("2x",))),
            )
        ),
        Fraction(4),
        ("geography", "population"),
    ),
    Item(
        "number",
        "3 km + 500 m = ____ km",
        NumberKey(
            "3.5",
            "km",
            "1%",
            UnitRule.NEEDED,
            NumberForm.DECIMAL,
            1,
            Fraction(1, 3),
            "3km+500m",
            (Result("503", "units-ignored"),),
        ),
    ),
    Item("formula", "展开 (x+1)²", FormulaKey(("x^2+2x+1",), FormulaShape.EXPANDED, Fraction(0))),
    Item(
        "matching",
        "连线",
        MatchingKey(
            (Choice("a", "猫"), Choice("b", "狗")),
            (Choice("1", "cat"), Choice("2", "dog"), Choice("3", "cow")),
            (Pair("a", "1"), Pair("b", "2")),
            (Pair("a", "3", "animals"),),
        ),
    ),
    Item("ordering", "排序", OrderingKey(ABCD, ("D", "A", "B", "C"), OrderRule.PLACE)),
    Item("short", "为什么天是蓝的？", ShortTextKey(("因为散射",), CRITERIA)),
    Item("long", "写一篇作文", LongTextKey(CRITERIA, 200, 400), Fraction(30)),
    Item("handwriting", "在图上画出高", HandwritingKey("triangle.png", "过顶点", CRITERIA)),
    Item("reading", "朗读", ReadingKey("床前明月光", "zh", CRITERIA)),
    Item("recitation", "背诵", RecitationKey("疑是地上霜")),
    Item("practical", "种一盆豆苗", PracticalKey(("photo", "video"), CRITERIA)),
    Item("signed", "给父母讲一个故事", SignedKey("孩子讲了故事"), Fraction(0)),
)
