"""Response processing, in the many ways in which people write it."""

import pytest
from lxml import etree

from yunke.craft.formats.qti.declared import Declared, number, value_of
from yunke.craft.formats.qti.declared import declared as declarations
from yunke.craft.formats.qti.processing import Program, program_of
from yunke.craft.formats.qti.values import Scoring, When
from yunke.craft.formats.tests.qti_corpus import MAP, MATCH, SPACE, declared, item

V = '<variable identifier="RESPONSE"/>'
C = '<correct identifier="RESPONSE"/>'


def value(text: str, base: str = "float") -> str:
    return f'<baseValue baseType="{base}">{text}</baseValue>'


def score(inside: str) -> str:
    return f'<setOutcomeValue identifier="SCORE">{inside}</setOutcomeValue>'


def tell(inside: str) -> str:
    return f'<setOutcomeValue identifier="FEEDBACK">{inside}</setOutcomeValue>'


def when(condition: str, then: str, otherwise: str = "") -> str:
    other = f"<responseElse>{otherwise}</responseElse>" if otherwise else ""
    return (
        f"<responseCondition><responseIf>{condition}{then}</responseIf>{other}</responseCondition>"
    )


def program(inside: str, attributes: str = "") -> Program:
    data = item(declared("A"), "", f"<responseProcessing{attributes}>{inside}</responseProcessing>")
    return program_of(etree.fromstring(data))


@pytest.mark.parametrize(
    ("template", "scoring", "codes"),
    [
        (MATCH, Scoring.RIGHT, []),
        (MAP, Scoring.MAPPED, []),
        (MATCH + ".xml", Scoring.RIGHT, []),
        (MAP.upper() + ".XML", Scoring.MAPPED, []),
        (MATCH + "/", Scoring.RIGHT, []),
        ("CC2_match_basic", Scoring.RIGHT, []),
        ("CC2_map_response", Scoring.MAPPED, []),
        (MAP + "_point", Scoring.RIGHT, ["template"]),
        ("http://example.org/mine", Scoring.RIGHT, ["template"]),
    ],
)
def test_templates_by_name(template: str, scoring: Scoring, codes: list[str]) -> None:
    found = program("", f' template="{template}"')
    assert found.every is scoring
    assert [code for _, code, _ in found.faults] == codes


def test_a_template_by_its_place_is_one_too() -> None:
    assert program("", ' templateLocation="rp/match_correct.xml"').every is Scoring.RIGHT


def test_no_processing_says_nothing() -> None:
    found = program_of(etree.fromstring(item(declared("A"), "")))
    assert (found.every, found.rules, found.faults) == (None, {}, [])


@pytest.mark.parametrize(
    ("inside", "worth"),
    [
        (when(f"<match>{V}{C}</match>", score(value("1"))), 1.0),
        (when(f"<match>{C}{V}</match>", score(value("4"))), 4.0),
        (when(f"<and><match>{V}{C}</match></and>", score(value("2"))), 2.0),
        (
            when(
                f"<match>{V}{C}</match>",
                score(f'<sum><variable identifier="SCORE"/>{value("0.5")}</sum>'),
            ),
            0.5,
        ),
        (when(f"<match>{V}{C}</match>", tell(value("ok", "identifier"))), None),
        (when(f"<match>{V}{C}</match>", tell(value("7")) + score(value("3"))), 3.0),
        (when(f"<match>{V}{C}</match>", score(value("many"))), None),
        (f"<match>{V}{C}</match>", None),
    ],
)
def test_what_a_match_is_worth(inside: str, worth: float | None) -> None:
    rule = program(inside).rules["RESPONSE"]
    assert rule.scoring is Scoring.RIGHT
    assert rule.worth == worth


def test_nothing_answered_first_then_matched() -> None:
    inside = (
        f"<responseCondition><responseIf><isNull>{V}</isNull>{score(value('0'))}</responseIf>"
        f"<responseElseIf><match>{V}{C}</match>{score(value('5'))}</responseElseIf>"
        "</responseCondition>"
    )
    found = program(inside)
    assert found.rules["RESPONSE"].worth == 5.0
    assert found.faults == []


@pytest.mark.parametrize(
    ("attributes", "mode", "tolerance"),
    [
        ('toleranceMode="exact"', "exact", (0.0, 0.0)),
        ("", "exact", (0.0, 0.0)),
        ('toleranceMode="absolute" tolerance="0.5"', "absolute", (0.5, 0.5)),
        ('toleranceMode="absolute" tolerance="0.1 0.3"', "absolute", (0.1, 0.3)),
        ('toleranceMode="relative" tolerance="5 5"', "relative", (5.0, 5.0)),
        ('toleranceMode="absolute" tolerance="wide"', "absolute", (0.0, 0.0)),
    ],
)
def test_a_number_within_a_tolerance(
    attributes: str, mode: str, tolerance: tuple[float, float]
) -> None:
    rule = program(when(f"<equal {attributes}>{V}{C}</equal>", score(value("2")))).rules["RESPONSE"]
    assert (rule.scoring, rule.mode, rule.tolerance) == (Scoring.NEAR, mode, tolerance)
    assert rule.worth == 2.0


def test_a_number_that_stands_in_the_program() -> None:
    rule = program(when(f"<equal>{V}{value('9.81')}</equal>", score(value("1")))).rules["RESPONSE"]
    assert rule.right == ["9.81"]


def test_the_same_comparison_again_for_feedback_changes_nothing() -> None:
    near = f'<equal toleranceMode="absolute" tolerance="1">{V}{C}</equal>'
    again = when(near, tell(value("good", "identifier")), tell(value("poor", "identifier")))
    found = program(when(near, score(value("3"))) + again)
    assert found.rules["RESPONSE"].worth == 3.0
    assert found.shown == {"good": When.RIGHT, "poor": When.WRONG}


def test_a_map_for_each_of_two_responses() -> None:
    found = program(score('<sum><mapResponse identifier="A"/><mapResponse identifier="B"/></sum>'))
    assert {name: rule.scoring for name, rule in found.rules.items()} == {
        "A": Scoring.MAPPED,
        "B": Scoring.MAPPED,
    }
    assert found.faults == []


def test_a_value_that_must_not_be_said_is_no_entry() -> None:
    inside = when(f"<not><match>{V}{value('B', 'identifier')}</match></not>", score(value("1")))
    assert program(inside).rules["RESPONSE"].entries == []


@pytest.mark.parametrize(
    "strange", ["random", "customOperator", "lookupOutcomeValue", "patternMatch", "exitResponse"]
)
def test_what_is_more_is_named_once_with_its_line(strange: str) -> None:
    found = program(f"\n<{strange}/>\n<{strange}/>")
    assert [(code, what) for _, code, what in found.faults] == [("program", strange)]
    assert found.faults[0][0] == 7


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (f"<match>{V}{C}</match>", When.RIGHT),
        (f"<match>{V}{value('B', 'identifier')}</match>", When.UNKNOWN),
        (f"<isNull>{V}</isNull>", When.UNKNOWN),
        (f"<not><match>{V}{C}</match></not>", When.UNKNOWN),
    ],
)
def test_when_feedback_is_shown(condition: str, expected: When) -> None:
    found = program(when(condition, tell(value("told", "identifier"))))
    assert found.shown == {"told": expected}


def test_feedback_that_is_always_set_is_not_known_to_follow_anything() -> None:
    assert program(tell(value("told", "identifier"))).shown == {}


def one(xml: str) -> Declared:
    found = declarations(
        etree.fromstring(f'<assessmentItem xmlns="{SPACE}">{xml}</assessmentItem>')
    )
    assert len(found) == 1
    return next(iter(found.values()))


def test_a_declaration_with_all_it_can_hold() -> None:
    found = one(
        declared(
            "B A|C D",
            "multiple pair",
            '<mapping defaultValue="-0.5" lowerBound="0" upperBound="3">'
            '<mapEntry mapKey="B A" mappedValue="2"/>'
            '<mapEntry mapKey="C D" mappedValue="1" caseSensitive="0"/></mapping>',
        )
    )
    assert found.right == ("A B", "C D")
    assert [(e.value, e.points, e.case) for e in found.entries] == [
        ("A B", 2.0, True),
        ("C D", 1.0, False),
    ]
    assert (found.default, found.lower, found.upper) == (-0.5, 0.0, 3.0)
    assert not found.area


def test_points_by_place_on_a_picture_are_known_to_be_there() -> None:
    assert one(declared("", "single point", "<areaMapping/>")).area


def test_the_first_of_two_declarations_of_one_name_holds() -> None:
    assert one(declared("A") + declared("B")).right == ("A",)


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        (" A  B ", "directedPair", "A B"),
        ("B A", "directedPair", "B A"),
        ("B A", "pair", "A B"),
        ("  New   York ", "string", "New York"),
        ("", "string", ""),
    ],
)
def test_values_are_compared_in_one_form(text: str, base: str, expected: str) -> None:
    assert value_of(text, base) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", 1.0), ("-2.5", -2.5), ("1e3", 1e3), ("inf", None), ("nan", None), ("1e400", None),
     ("x", None), ("", None)],
)  # fmt: skip
def test_a_number_is_finite_or_none(text: str, expected: float | None) -> None:
    assert number(text) == expected
