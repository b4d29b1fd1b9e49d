"""Acts as xAPI statements, held against the samples of the conformance suite where they are."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yunke.craft.formats.tests.statements import problems
from yunke.craft.formats.xapi import KNOWN_VERBS, Act, statement

HOME = "https://cloud.example"
AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
UID = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"
SAMPLES = Path(__file__).resolve().parents[4].parent / (
    "shared/data/standards/xapi_templates/v1_0_3/templates"
)


def act(verb: str = "lesson.opened", **more: Any) -> Act:
    return Act(UID, AT, 7, verb, **{"object_kind": "lesson", "object_id": 12, **more})


def test_actor_verb_object_and_time() -> None:
    made = statement(act(title="古诗三首"), home=HOME + "/")
    assert made["actor"]["account"] == {"homePage": HOME, "name": "7"}
    assert made["verb"]["id"] == "http://adlnet.gov/expapi/verbs/launched"
    assert made["object"]["id"] == HOME + "/xapi/lesson/12"
    assert made["object"]["definition"]["name"] == {"zh-CN": "古诗三首"}
    assert made["timestamp"] == "2026-03-02T08:30:00.000+00:00"
    assert made["id"] == UID


def test_no_name_of_a_person_is_in_a_statement() -> None:
    made = statement(act("child.viewed", subject_id=9), home=HOME)
    assert "name" not in {key for key in made["actor"] if key != "account"}
    about = made["context"]["extensions"][HOME + "/xapi/extensions/about"]
    assert about["account"] == {"homePage": HOME, "name": "9"}


def test_a_verb_without_a_known_address_gets_one_of_the_site() -> None:
    assert (
        statement(act("card.issued"), home=HOME)["verb"]["id"] == HOME + "/xapi/verbs/card.issued"
    )


def test_watching_carries_its_duration() -> None:
    made = statement(act("video.progressed", seconds=95), home=HOME)
    assert made["result"]["duration"] == "PT95S"
    assert "completion" not in made["result"]


def test_the_end_of_a_video_is_a_completion() -> None:
    assert statement(act("video.completed"), home=HOME)["result"]["completion"] is True


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_a_success_or_not(right: bool) -> None:
    made = statement(act("task.answered", result={"right": right}), home=HOME)
    assert made["result"]["success"] is right


def test_an_answer_that_nobody_judged_is_neither() -> None:
    made = statement(act("task.answered", result={"right": None}), home=HOME)
    assert "success" not in made["result"]


def test_school_class_and_lesson_are_the_context() -> None:
    made = statement(
        act("note.saved", object_kind="note", object_id=3, school_id=2, class_id=5, lesson_id=12),
        home=HOME,
    )
    activities = made["context"]["contextActivities"]
    assert [one["id"] for one in activities["grouping"]] == [
        HOME + "/xapi/school/2",
        HOME + "/xapi/class/5",
    ]
    assert activities["parent"][0]["id"] == HOME + "/xapi/lesson/12"


def test_a_lesson_is_not_its_own_parent() -> None:
    made = statement(act(lesson_id=12), home=HOME)
    assert "parent" not in made["context"].get("contextActivities", {})


@pytest.mark.parametrize(
    "made",
    [
        act(),
        act("person.signed_in", object_kind="session", result={"way": "card"}, purpose="account"),
        act("video.completed", seconds=3, school_id=1, class_id=2, lesson_id=3, title="圆"),
        act("child.viewed", subject_id=9),
        act("something.new"),
    ],
)
def test_what_we_write_has_no_problems(made: Act) -> None:
    found = statement(made, home=HOME)
    assert problems(found) == []
    assert problems(json.loads(json.dumps(found))) == []


def broken(**change: Any) -> dict[str, Any]:
    made = statement(act(title="圆"), home=HOME)
    for path, value in change.items():
        *parents, last = path.split("__")
        place = made
        for name in parents:
            place = place[name]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return made


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"actor": None}, "actor"),
        ({"verb": None}, "verb"),
        ({"object": None}, "object"),
        ({"id": "12"}, "id"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"actor__account__homePage": "cloud"}, "actor.account.homePage"),
        ({"actor__account__name": None}, "actor.account.name"),
        ({"actor__mbox": "mailto:a@b.c"}, "actor"),
        ({"verb__id": "played"}, "verb.id"),
        ({"verb__display": "played"}, "verb.display"),
        ({"object__id": None}, "object.id"),
        ({"object__objectType": "Thing"}, "object.objectType"),
        ({"object__definition__name": {"not a language!": "x"}}, "object.definition.name"),
        ({"object__definition__type": "lesson"}, "object.definition.type"),
        ({"result": {"success": "yes"}}, "result.success"),
        ({"result": {"duration": "90 s"}}, "result.duration"),
        ({"result": {"extensions": {"way": "card"}}}, "result.extensions"),
        ({"context": {"contextActivities": {"teacher": []}}}, "context.contextActivities.teacher"),
        ({"context": []}, "context"),
    ],
)
def test_a_fault_is_named_with_its_place(change: dict[str, Any], place: str) -> None:
    found = problems(broken(**change))
    assert len(found) == 1
    assert found[0].startswith(place)


def test_nonsense_is_one_problem() -> None:
    assert problems("statement") == ["statement: must be an object"]


def sample(kind: str, name: str) -> Any:
    file = SAMPLES / kind / f"{name}.json"
    if not file.is_file():
        pytest.skip("the samples of the conformance suite are not here")
    return json.loads(file.read_text(encoding="utf-8"))


def with_part(part: str, value: Any) -> dict[str, Any]:
    return {**sample("statements", "default"), part: value}


@pytest.mark.parametrize("name", ["default", "context", "context_sans_objectType", "result"])
def test_the_suites_good_statements_are_good(name: str) -> None:
    assert problems(sample("statements", name)) == []


@pytest.mark.parametrize("name", ["no_actor", "no_verb", "no_object", "object_activity"])
def test_the_suites_bad_statements_are_bad(name: str) -> None:
    assert problems(sample("statements", name))


@pytest.mark.parametrize("name", ["account", "mbox", "mbox_sha1sum", "openid", "default"])
def test_the_suites_good_agents_are_good(name: str) -> None:
    assert problems(with_part("actor", sample("agents", name))) == []


@pytest.mark.parametrize("name", ["account_no_name", "account_no_homepage"])
def test_the_suites_bad_agents_are_bad(name: str) -> None:
    assert problems(with_part("actor", sample("agents", name)))


@pytest.mark.parametrize(
    ("name", "good"), [("default", True), ("no_display", True), ("no_id", False)]
)
def test_the_suites_verbs(name: str, good: bool) -> None:
    assert bool(problems(with_part("verb", sample("verbs", name)))) is not good


@pytest.mark.parametrize(
    ("name", "good"),
    [("default", True), ("language_maps_valid_description", True), ("string_name", False)],
)
def test_the_suites_activities(name: str, good: bool) -> None:
    assert bool(problems(with_part("object", sample("activities", name)))) is not good


@pytest.mark.parametrize("name", ["default", "no_extensions"])
def test_the_suites_results(name: str) -> None:
    assert problems(with_part("result", sample("results", name))) == []


ACTS = some.builds(
    Act,
    uid=some.uuids().map(str),
    at=some.datetimes(timezones=some.just(UTC), min_value=datetime(1990, 1, 1)),  # noqa: DTZ001
    actor_id=some.integers(1, 10**9),
    verb=some.sampled_from([*KNOWN_VERBS, "card.issued", "plan.ticked", "odd"]),
    object_kind=some.sampled_from(["lesson", "task", "day", "session"]),
    object_id=some.integers(0, 10**9),
    title=some.text(max_size=120),
    seconds=some.integers(0, 10**6),
    subject_id=some.integers(0, 5),
    school_id=some.integers(0, 5),
    class_id=some.integers(0, 5),
    lesson_id=some.integers(0, 5),
    purpose=some.sampled_from(["", "teaching", "account"]),
    result=some.dictionaries(
        some.sampled_from(["right", "at", "way"]), some.one_of(some.booleans(), some.integers())
    ),
)


@given(ACTS)
def test_no_act_makes_a_faulty_statement(made: Act) -> None:
    found = statement(made, home=HOME)
    assert problems(found) == []
    assert json.loads(json.dumps(found)) == found
    assert found["timestamp"].endswith("+00:00")


@given(
    some.recursive(
        some.one_of(some.none(), some.booleans(), some.integers(), some.text()),
        lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
    )
)
def test_any_json_is_judged_without_a_crash(found: Any) -> None:
    assert problems(found)


@given(some.sampled_from(["actor", "verb", "object", "result", "context"]), some.integers())
def test_a_number_where_a_thing_belongs_is_a_problem(part: str, number: int) -> None:
    assert problems({**statement(act(), home=HOME), part: number})
