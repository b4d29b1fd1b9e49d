"""What QTI items say: every kind of interaction, its key, its scoring, its feedback."""

from typing import Any

import pytest

from yunke.craft.formats.qti.package import Package, read_package
from yunke.craft.formats.qti.values import Fault, Interaction, Item, Kind, Read, Scoring, When
from yunke.craft.formats.tests.qti_corpus import (
    MATCH,
    PNG,
    SPACE,
    STIMULUS,
    THREE,
    by,
    declared,
    everything,
    item,
    options,
    zipped,
)


def package(files: dict[str, bytes]) -> Package:
    return read_package(zipped(files))


def one(data: bytes, **files: bytes) -> Read:
    """The only item of a package."""
    found = package({"one.xml": data, **files})
    assert len(found.items) == 1, found.faults
    return found.items[0]


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.code for fault in faults]


@pytest.fixture(scope="module")
def every() -> dict[str, Item]:
    found = package(everything())
    assert found.faults == ()
    assert all(read.faults == () for read in found.items), [r.faults for r in found.items]
    return {read.item.id: read.item for read in found.items}


def only(item_: Item) -> Interaction:
    assert len(item_.interactions) == 1
    return item_.interactions[0]


def test_a_choice_with_its_picture_its_prompt_and_the_feedback_of_an_option(every: Any) -> None:
    found = every["choice"]
    asked = only(found)
    assert asked.kind is Kind.CHOICE
    assert asked.prompt == "Choose <em>one</em>."
    assert [(o.id, o.html, o.feedback, o.fixed) for o in asked.options] == [
        ("A", "wood", "Wood burns.", False),
        ("B", "iron", "", True),
    ]
    assert asked.shuffle
    assert asked.key.scoring is Scoring.RIGHT
    assert asked.key.right == ("B",)
    assert found.media == ("media/metal.png",)
    assert '<img src="media/metal.png" alt="a piece"/>' in found.body
    assert found.language == "en"


def test_a_multiple_choice_with_points_for_each(every: Any) -> None:
    asked = only(every["multiple"])
    assert asked.kind is Kind.MULTIPLE
    assert asked.key.scoring is Scoring.MAPPED
    assert {entry.value: entry.points for entry in asked.key.entries} == {"A": 1.0, "C": 1.0}
    assert (asked.key.default, asked.key.lower, asked.key.upper) == (-1.0, 0.0, 2.0)
    assert asked.most == 0


def test_true_and_false_are_known_by_what_the_two_options_say(every: Any) -> None:
    assert only(every["truefalse"]).kind is Kind.TRUE_FALSE
    assert only(every["told"]).kind is Kind.CHOICE, "yes, of course is no plain yes"


def test_blanks_in_a_sentence_by_points_and_by_tolerance(every: Any) -> None:
    found = every["blanks"]
    word, number = found.interactions
    assert found.body == (
        '<p>Now is the winter of <response id="R1"/> and pi is <response id="R2"/>.</p>'
    )
    assert word.kind is Kind.TEXT
    assert word.length == 15
    assert [(e.value, e.points, e.case) for e in word.key.entries] == [
        ("York", 1.0, False),
        ("york city", 0.5, True),
    ]
    assert number.kind is Kind.NUMBER
    assert number.key.scoring is Scoring.NEAR
    assert number.key.right == ("3.14",)
    assert (number.key.mode, number.key.tolerance) == ("absolute", (0.01, 0.02))
    assert number.key.worth == 2.0


def test_an_inline_choice_keeps_its_place(every: Any) -> None:
    assert every["inline"].body == '<p>Snow is <response id="RESPONSE"/>.</p>'
    assert [o.html for o in only(every["inline"]).options] == ["black", "white"]


def test_two_sides_of_a_match_and_how_often_each_is_used(every: Any) -> None:
    asked = only(every["match"])
    assert [o.id for o in asked.options] == ["C", "D"]
    assert [(o.id, o.most) for o in asked.targets] == [("P", 4), ("M", 4)]
    assert asked.key.right == ("C P", "D M")
    assert asked.most == 4


def test_an_undirected_pair_has_no_first(every: Any) -> None:
    assert only(every["associate"]).key.right == ("A P",), "declared as P A"


def test_words_for_the_gaps_of_a_passage(every: Any) -> None:
    asked = only(every["gaps"])
    assert asked.passage == '<p>Now is the <gap id="G1"/> made <gap id="G2"/>.</p>'
    assert [o.id for o in asked.targets] == ["G1", "G2"]
    assert asked.key.right == ("S G2", "W G1")
    assert asked.prompt == "Fill."


def test_the_order_of_an_order_is_kept(every: Any) -> None:
    assert only(every["order"]).key.right == ("B", "A", "C")


def test_what_a_person_marks_has_no_key_and_what_markers_are_told_is_the_rationale(
    every: Any,
) -> None:
    found = every["extended"]
    asked = only(found)
    assert asked.key.scoring is Scoring.PERSON
    assert (asked.length, asked.lines) == (200, 5)
    assert found.rationale == "<p>Two reasons.</p>"
    assert "reasons" not in found.body
    assert only(every["upload"]).media_type == "image/jpeg"


def test_feedback_is_known_to_follow_a_right_or_a_wrong_answer(every: Any) -> None:
    told = {one.id: (one.when, one.html) for one in every["told"].feedback}
    assert told == {"good": (When.RIGHT, "Well!"), "poor": (When.WRONG, "Look again.")}
    assert only(every["told"]).key.worth == 3.0


def test_qti_3_says_the_same_in_other_names(every: Any) -> None:
    found = every["three"]
    assert only(found).key.right == ("A",)
    assert found.stimuli[0].html == "<p>床前明月光</p>"
    assert found.stimuli[0].title == "诗"
    assert found.rationale == "<p>静夜思</p>"


def test_feedback_beside_the_item_that_is_named_like_an_option_goes_to_the_option() -> None:
    modal = (
        '<modalFeedback outcomeIdentifier="FEEDBACK" identifier="B" showHide="show">'
        "<p>Two is even.</p></modalFeedback>"
    )
    read = one(
        item(
            declared("A"),
            '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
            f"{options('A:3', 'B:2')}</choiceInteraction>",
            by(MATCH),
            modal,
        )
    )
    assert only(read.item).options[1].feedback == "<p>Two is even.</p>"
    assert read.item.feedback == ()
    assert read.faults == ()


CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    f"{options('A:one', 'B:two')}</choiceInteraction>"
)


def key_of(declaration: str, processing: str = "", body: str = CHOICES) -> Any:
    return only(one(item(declaration, body, processing)).item).key


def test_without_processing_the_correct_response_is_the_key() -> None:
    assert key_of(declared("A")).scoring is Scoring.RIGHT


def test_without_a_correct_response_the_mapping_is_the_key() -> None:
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="B" mappedValue="2"/></mapping>'
    key = key_of(declared("", mapping=mapping))
    assert key.scoring is Scoring.MAPPED
    assert key.entries[0].points == 2.0


def test_without_either_a_person_decides_and_it_is_told() -> None:
    read = one(item(declared(""), CHOICES, by(MATCH)))
    assert only(read.item).key.scoring is Scoring.PERSON
    assert codes(read.faults) == ["key-none"]


def test_a_match_written_by_hand_with_its_points() -> None:
    key = key_of(
        declared("B"),
        "<responseProcessing><responseCondition><responseIf>"
        '<match><variable identifier="RESPONSE"/>'
        '<correct identifier="RESPONSE"/></match><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">2.5</baseValue></setOutcomeValue></responseIf>'
        "</responseCondition></responseProcessing>",
    )
    assert (key.scoring, key.right, key.worth) == (Scoring.RIGHT, ("B",), 2.5)


def test_the_template_of_the_mapping_written_out_by_hand() -> None:
    key = key_of(
        declared("A", mapping='<mapping><mapEntry mapKey="A" mappedValue="1"/></mapping>'),
        "<responseProcessing><responseCondition><responseIf><isNull><variable "
        'identifier="RESPONSE"/></isNull><setOutcomeValue identifier="SCORE"><baseValue '
        'baseType="float">0.0</baseValue></setOutcomeValue></responseIf><responseElse>'
        '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/>'
        "</setOutcomeValue></responseElse></responseCondition></responseProcessing>",
    )
    assert key.scoring is Scoring.MAPPED


def test_values_named_in_the_program_become_entries_with_their_points() -> None:
    def branch(tag: str, value: str, points: int) -> str:
        return (
            f'<{tag}><stringMatch caseSensitive="false"><variable identifier="RESPONSE"/>'
            f'<baseValue baseType="string">{value}</baseValue></stringMatch>'
            f'<setOutcomeValue identifier="SCORE"><baseValue baseType="float">{points}'
            f"</baseValue></setOutcomeValue></{tag}>"
        )

    key = key_of(
        declared("", "single string"),
        "<responseProcessing><responseCondition>"
        + branch("responseIf", "Paris", 2)
        + branch("responseElseIf", "paname", 1)
        + "</responseCondition></responseProcessing>",
        '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>',
    )
    assert key.scoring is Scoring.MAPPED
    assert [(e.value, e.points, e.case) for e in key.entries] == [
        ("Paris", 2.0, False),
        ("paname", 1.0, False),
    ]


def test_a_program_that_does_more_is_told_by_line_and_the_item_comes_in() -> None:
    read = one(
        item(
            declared("A"),
            CHOICES,
            "<responseProcessing>\n<setOutcomeValue identifier='SCORE'>\n<randomInteger min='0' "
            "max='9'/></setOutcomeValue></responseProcessing>",
        )
    )
    assert codes(read.faults) == ["program"]
    fault = read.faults[0]
    assert fault.detail == "randomInteger"
    assert fault.line == 8, "the line in the file, for whoever looks it up"
    assert only(read.item).key.right == ("A",)


@pytest.mark.parametrize(
    ("right", "kind", "body", "scoring"),
    [
        ("Z", "single identifier", CHOICES, Scoring.PERSON),
        (
            "A|B|Z",
            "ordered identifier",
            f'<orderInteraction responseIdentifier="RESPONSE">{options("A:1", "B:2")}'
            "</orderInteraction>",
            Scoring.PERSON,
        ),
    ],
)
def test_a_right_answer_that_nobody_could_give_is_no_key(
    right: str, kind: str, body: str, scoring: Scoring
) -> None:
    read = one(item(declared(right, kind), body, by(MATCH)))
    assert only(read.item).key.scoring is scoring
    assert "key-unknown" in codes(read.faults)


def test_an_interaction_without_a_declaration_comes_in_for_a_person() -> None:
    read = one(item("", CHOICES))
    assert codes(read.faults) == ["declaration"]
    assert only(read.item).key.scoring is Scoring.PERSON


def test_two_options_of_one_name_leave_the_first() -> None:
    body = CHOICES.replace('identifier="B"', 'identifier="A"')
    read = one(item(declared("A"), body, by(MATCH)))
    assert [o.html for o in only(read.item).options] == ["one"]
    assert codes(read.faults) == ["id-twice"]


def test_an_interaction_that_is_not_known_is_told_and_its_neighbour_comes_in() -> None:
    hot = '<hottextInteraction responseIdentifier="H" maxChoices="1"><p>x</p></hottextInteraction>'
    read = one(item(declared("A"), f"{hot}{CHOICES}", by(MATCH)))
    assert [i.id for i in read.item.interactions] == ["RESPONSE"]
    assert [(f.code, f.detail) for f in read.faults] == [("interaction", "hottextInteraction")]


def test_an_item_of_which_nothing_is_known_is_left_out_and_says_which_line() -> None:
    found = package(
        {
            "a.xml": item(declared(""), '<drawingInteraction responseIdentifier="RESPONSE"/>'),
            "b.xml": item(declared("A"), CHOICES, by(MATCH)),
        }
    )
    assert [read.file for read in found.items] == ["b.xml"]
    assert codes(found.faults) == ["item-empty", "interaction"]
    assert found.faults[1].line == 5


def test_a_question_inside_feedback_is_asked_below_the_body() -> None:
    block = (
        '<feedbackBlock outcomeIdentifier="FEEDBACK" identifier="more" showHide="show"><p>Why?</p>'
        '<extendedTextInteraction responseIdentifier="WHY"/></feedbackBlock>'
    )
    read = one(
        item(declared("A") + declared("", "single string", id_="WHY"), block + CHOICES, by(MATCH))
    )
    assert read.item.body == '<response id="RESPONSE"/> <response id="WHY"/>'
    assert read.item.feedback[0].html == "<p>Why?</p>"


def test_points_for_a_person_to_give_are_the_scores_maximum() -> None:
    data = item(
        declared("", "single string"),
        '<extendedTextInteraction responseIdentifier="RESPONSE"/>',
    ).replace(b'baseType="float"/>', b'baseType="float" normalMaximum="6"/>')
    assert only(one(data).item).key.worth == 6.0


@pytest.mark.parametrize("end", ["v2p0", "v2p1", "v2p2"])
def test_the_namespaces_of_qti_2(end: str) -> None:
    space = SPACE.replace("v2p1", end)
    read = one(item(declared("A"), CHOICES, by(MATCH), space=space))
    assert read.faults == ()
    assert read.version.value == {"v2p2": "2.2"}.get(end, "2.1")


def test_an_unknown_namespace_is_read_and_told() -> None:
    assert codes(one(item(declared("A"), CHOICES, by(MATCH), space="urn:other")).faults) == [
        "version"
    ]


def test_a_stimulus_that_is_missing_is_told_and_the_item_comes_in() -> None:
    read = one(THREE)
    assert codes(read.faults) == ["stimulus-missing"]
    assert read.item.stimuli == ()


def test_a_stimulus_that_is_an_item_is_none() -> None:
    read = one(THREE, **{"shared/text.xml": STIMULUS.replace(b"stimulus-body", b"item-body")})
    assert codes(read.faults) == ["stimulus-missing"]


def test_an_include_is_read_where_it_stands_and_its_pictures_from_its_own_folder() -> None:
    body = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="parts/head.xml"/>'
    part = f'<p xmlns="{SPACE}">Look: <img src="a.png" alt="a"/></p>'.encode()
    read = one(
        item(declared("A"), body + CHOICES, by(MATCH)),
        **{"parts/head.xml": part, "parts/a.png": PNG},
    )
    assert read.faults == ()
    assert '<p>Look: <img src="parts/a.png" alt="a"/></p>' in read.item.body
    assert read.item.media == ("parts/a.png",)
