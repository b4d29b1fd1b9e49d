"""OMRChecker's template.json: the same bubbles that OMRChecker itself would look at."""

import json
from pathlib import Path
from typing import Any

import pytest

from yunke.craft.marking.sheets.omrchecker import Steps, layout_of, names_of, steps_of
from yunke.craft.marking.sheets.tests.read_by_eye import SHARED
from yunke.craft.marking.sheets.trouble import BadTemplate

needs_samples = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample sheets are not here")


def plain(**block: Any) -> dict[str, Any]:
    told = {
        "fieldType": "QTYPE_MCQ4",
        "origin": [100, 200],
        "fieldLabels": ["q1..3"],
        "labelsGap": 50,
        "bubblesGap": 40,
    }
    return {
        "pageDimensions": [600, 800],
        "bubbleDimensions": [30, 20],
        "fieldBlocks": {"one": {**told, **block}},
    }


def places(template: dict[str, Any]) -> list[tuple[str, str, float, float]]:
    return [
        (item.name, bubble.value, bubble.x, bubble.y)
        for item in layout_of(template).items
        for bubble in item.bubbles
    ]


def test_the_origin_is_the_corner_of_the_first_bubbles_box() -> None:
    assert places(plain())[0] == ("q1", "A", 115, 210)


def test_choices_run_across_and_labels_down() -> None:
    told = places(plain())
    assert told[1] == ("q1", "B", 155, 210)
    assert told[4] == ("q2", "A", 115, 260)


def test_numbers_run_down_and_labels_across() -> None:
    told = places(plain(fieldType="QTYPE_INT"))
    assert told[1] == ("q1", "1", 115, 250)
    assert told[10] == ("q2", "0", 165, 210)


def test_own_values_and_direction() -> None:
    block = {"bubbleValues": ["E", "H"], "direction": "horizontal", "fieldLabels": ["Medium"]}
    told = plain(**block)
    del told["fieldBlocks"]["one"]["fieldType"]
    assert places(told) == [("Medium", "E", 115, 210), ("Medium", "H", 155, 210)]


def test_a_block_may_have_its_own_bubbles() -> None:
    block = layout_of(plain(bubbleDimensions=[10, 12])).blocks[0]
    assert (block.width, block.height) == (10, 12)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["q1..3"], ("q1", "q2", "q3")),
        (["q1...2"], ("q1", "q2")),
        (["Medium", "roll1..2"], ("Medium", "roll1", "roll2")),
        (["q9..11"], ("q9", "q10", "q11")),
        (["q5_1", "q5_2"], ("q5_1", "q5_2")),
        (["1..2"], ("1", "2")),
    ],
)
def test_ranges_of_labels(labels: list[str], names: tuple[str, ...]) -> None:
    assert names_of(labels) == names


def test_custom_labels_join_their_parts_in_order() -> None:
    told = {**plain(), "customLabels": {"whole": ["q2", "q1"], "q3": ["q3"]}}
    assert layout_of(told).joined == {"whole": ("q2", "q1")}


def test_steps_that_are_known_are_kept() -> None:
    told = {
        "preProcessors": [
            {"name": "CropPage", "options": {"morphKernel": [10, 10]}},
            {"name": "Levels", "options": {"low": 0.7}},
            {"name": "CropOnMarkers", "options": {"sheetToMarkerWidthRatio": 12}},
            {"name": "FeatureBasedAlignment", "options": {"reference": "ref.png"}},
        ]
    }
    assert steps_of(told) == Steps(True, "omr_marker.jpg", 12.0, "ref.png")
    assert steps_of({}) == Steps()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"pageDimensions": [1]},
        {**plain(), "fieldBlocks": {"x": {}}},
        {**plain(), "fieldBlocks": []},
        {**plain(), "customLabels": {"a": ["nobody"]}},
        plain(fieldType="QTYPE_UNKNOWN"),
        plain(fieldLabels=["q1", "q1"]),
        plain(fieldLabels=["q9..1"]),
        plain(fieldLabels=["q1..99999999"]),
        plain(origin="left"),
        plain(bubbleValues=[]),
        plain(origin=[590, 200]),
        plain(origin=[float("nan"), 200]),
        plain(bubbleDimensions=[0, 20]),
        plain(bubbleDimensions=[float("inf"), 20]),
        {**plain(), "pageDimensions": [1e9, 1e9]},
        {**plain(), "pageDimensions": [float("nan"), 800]},
        {**plain(), "fieldBlocks": {}},
    ],
)
def test_a_template_that_cannot_be_used_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(BadTemplate, match=r"template\.json"):
        layout_of(told)


@needs_samples
@pytest.mark.parametrize("path", sorted(SHARED.rglob("template*.json")), ids=lambda p: str(p)[-48:])
def test_the_samples_templates_are_understood(path: Path) -> None:
    layout = layout_of(json.loads(path.read_text()))
    for block in layout.blocks:
        for item in block.items:
            for bubble in item.bubbles:
                assert 0 < bubble.x < layout.width
                assert 0 < bubble.y < layout.height


@needs_samples
def test_sample_six_has_the_bubbles_that_are_printed() -> None:
    layout = layout_of(json.loads((SHARED / "sample6" / "template.json").read_text()))
    values = {item.name: "".join(b.value for b in item.bubbles) for item in layout.items}
    assert values["check_1"] == "ABEHJLM"
    assert values["stu"] == "UAHTGT"
    assert values["roll7"] == "0123456789"
    assert layout.joined["Roll"][0] == "stu"
    assert len(layout.joined["Roll"]) == 10


@pytest.mark.parametrize(
    "steps",
    [5, ["CropPage"], [{"name": "CropOnMarkers", "options": {"sheetToMarkerWidthRatio": "x"}}]],
)
def test_steps_that_are_none_are_refused(steps: object) -> None:
    with pytest.raises(BadTemplate, match="preProcessors"):
        steps_of({"preProcessors": steps})
