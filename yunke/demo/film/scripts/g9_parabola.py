"""Grade 9 maths: the graph of a quadratic function."""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from ..curves import circle, graph
from ..figures import Line
from ..hand import Hand
from ..look import SLATE
from ..script import Item, Lesson, Page, ask, chorus, pupil, say, wonder
from ..values import Film

FILM = Film(
    "g9-parabola", 9, "maths", "二次函数的图象", "The graph of a quadratic", "二次函数", "Quadratic functions",
    ("描点法", "抛物线的开口", "顶点与对称轴", "平移"),
)  # fmt: skip

ORIGIN, UNIT = (330.0, 560.0), 54.0


def axes() -> tuple[Item, ...]:
    """x and y axes with arrows and names."""
    x, y = ORIGIN
    return (
        Line(((70, y), (600, y)), "soft"), Line(((586, y - 9), (600, y), (586, y + 9)), "soft"), Hand("x", 596, y + 4, 40, "soft"),
        Line(((x, 650), (x, 100)), "soft"), Line(((x - 9, 114), (x, 100), (x + 9, 114)), "soft"), Hand("y", x + 16, 88, 40, "soft"), Hand("O", x - 40, y + 4, 36, "soft"),
    )  # fmt: skip


def spot(x: float, y: float, colour: str = "accent") -> Line:
    """A point of the graph."""
    return Line(circle(ORIGIN[0] + x * UNIT, ORIGIN[1] - y * UNIT, 4), colour, 9, name=f"({x:g}, {y:g})")


def row(name: str, values: tuple[int, ...], y: float) -> tuple[Hand, ...]:
    """A row of the table, its numbers under each other."""
    head = Hand(name, 700, y, 54, "accent")
    return (head, *(Hand(str(v).replace("-", "−"), 800 + 68 * i, y + 6, 44, middle=True) for i, v in enumerate(values)))


LESSON = Lesson(
    FILM,
    (
        Page("描点画图", "Plotting points", (
            say("同学们好。今天画y等于x的平方的图象。", "Hello, class. Today we draw y equals x squared.", Hand("y = x²", 720, 110, 96, "accent"), *axes()),
            say("先列表。x取负三到三。", "First a table, x from minus three to three.", *row("x", (-3, -2, -1, 0, 1, 2, 3), 255), Line(((690, 330), (1220, 330)), "soft", 3)),
            ask("x等于负三，y等于多少？", "x is minus three. What is y?"),
            pupil("xiaoyu", "等于九。", "Nine.", *row("y", (9, 4, 1, 0, 1, 4, 9), 345)),
            say("把这些点描出来。", "Plot the points.", *(spot(x, x * x) for x in (-3, -2, -1, 0, 1, 2, 3) if x * x < 9)),
            say("用光滑的曲线连起来。", "Join them with a smooth curve.", Line(graph(lambda x: x * x, -2.85, 2.85, ORIGIN, UNIT), "orange", 5, name="y=x²")),
            ask("它像什么？", "What does it look like?"),
            pupil("dami", "像抛出去的篮球的路线，倒过来。", "Like the path of a thrown ball, upside down.", Hand("抛物线", 720, 470, 90, "accent")),
        )),
        Page("开口、对称轴、顶点", "Opening, axis, vertex", (
            say("再看图象的特点。", "Look at its features.", *axes(), Line(graph(lambda x: x * x, -2.85, 2.85, ORIGIN, UNIT), "orange", 5, name="y=x²")),
            ask("开口朝哪里？", "Which way does it open?"),
            chorus("朝上。", "Upwards.", Hand("a > 0，开口向上", 690, 120, 62)),
            ask("如果是负x的平方呢？", "And minus x squared?", wait=2.8),
            pupil("anan", "开口朝下。", "Downwards.", Hand("a < 0，开口向下", 690, 220, 62)),
            say("左右对称，对称轴是y轴。最低的点叫顶点，在原点。", "It is symmetric about the y axis. The lowest point, the vertex, is the origin.", spot(0, 0), Hand("对称轴：y 轴", 690, 330, 62), Hand("顶点：(0, 0)", 690, 430, 62)),
            wonder("lele", "老师，二x的平方会更宽还是更窄？", "Teacher, is 2 x squared wider or narrower?"),
            say("系数越大，开口越窄。", "The larger the coefficient, the narrower.", Line(graph(lambda x: 2 * x * x, -2.02, 2.02, ORIGIN, UNIT), "sky", 5, name="y=2x²"), Hand("y = 2x² 更窄", 690, 530, 62, "sky")),
        )),
        Page("向上平移", "Shifting upwards", (
            say("最后看y等于x的平方加二。", "Last: y equals x squared plus two.", *axes(), Line(graph(lambda x: x * x, -2.85, 2.85, ORIGIN, UNIT), "soft", 4, 18, name="y=x²"), Hand("y = x² + 2", 690, 120, 84, "accent")),
            ask("每个点的y都加了二，图象怎样动？", "Every y grows by two. How does the graph move?", wait=3.2),
            pupil("xiaoyu", "向上平移两个单位。", "Up by two units.", Line(graph(lambda x: x * x + 2, -2.45, 2.45, ORIGIN, UNIT), "orange", 5, name="y=x²+2"), spot(0, 2)),
            ask("顶点到了哪里？", "Where is the vertex now?"),
            chorus("零，二。", "Zero, two.", Hand("顶点：(0, 2)", 690, 250, 76)),
            say("加几就向上几，减几就向下几，形状不变。", "Plus goes up, minus goes down, the shape stays.", Hand("上加下减，形状不变。", 660, 380, 58)),
            say("请画出y等于x的平方减一的图象。下课。", "Please draw y equals x squared minus one. Class is over.", Hand("作业：y = x² − 1", 690, 490, 64, "soft")),
        )),
    ),
    SLATE, "lin",
)  # fmt: skip
