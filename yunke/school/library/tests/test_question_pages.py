"""The bank and its editor: for those who hold the right, in both languages."""

import uuid
from typing import Any

import pytest
from django.test import Client

from yunke.craft.marking import items as m
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Question
from yunke.school.library.reads.finding import question_lines
from yunke.school.library.rules.asked import asked_from, solved_from
from yunke.school.library.rules.examples import example_items
from yunke.school.library.templatetags.questions import question_ask, question_solved
from yunke.school.library.tests import makers
from yunke.school.library.values.questions import KIND_NAMES

pytestmark = pytest.mark.django_db
ENGLISH = {"yunke_language": "en"}
FIELDS: dict[str, Any] = {
    "kind": "choice", "subject": "maths", "grade": "3", "points_worth": "2", "prompt": "42-17=？",
    "option_id": ["A", "B"], "option_text": ["25", "35"], "option_cause": ["", "没有退位"],
    "right": "A", "reasoning": "借一当十", "points": ["退位减法"],
}  # fmt: skip


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


def post(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, {**FIELDS, "once": str(uuid.uuid4()), **changes})


def test_a_question_written_in_the_browser_is_on_its_page_with_its_cause(client: Client) -> None:
    answer = post(client, "/questions/new")
    assert answer.status_code == 303
    row = Question.objects.get()
    shown = client.get(answer["Location"]).content.decode()
    assert "42-17=？" in shown
    assert "没有退位" in shown
    assert "退位减法" in shown
    assert row.item["maxScore"] == "2"


def test_the_same_form_twice_is_one_question(client: Client) -> None:
    once = str(uuid.uuid4())
    first = post(client, "/questions/new", once=once)
    assert post(client, "/questions/new", once=once)["Location"] == first["Location"]
    assert Question.objects.count() == 1


def test_a_refused_form_says_what_is_missing_and_keeps_what_was_written(client: Client) -> None:
    answer = post(client, "/questions/new", right="", option_text=["25", ""])
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请标出正确答案。" in shown
    assert "至少写两个选项。" in shown
    assert "42-17=？" in shown
    assert "没有退位" in shown
    assert not Question.objects.exists()


def test_a_point_that_was_typed_and_not_chosen_counts_too(client: Client) -> None:
    post(client, "/questions/new", points=[], point="加法")
    assert [point.name for point in Question.objects.get().points.all()] == ["加法"]


@pytest.mark.parametrize("kind", list(KIND_NAMES))
@pytest.mark.parametrize("cookies", [{}, ENGLISH])
def test_every_kind_opens_in_the_editor(client: Client, kind: str, cookies: Any) -> None:
    client.cookies.load(cookies)
    answer = client.get(f"/questions/new?kind={kind}&subject=maths&grade=3")
    assert answer.status_code == 200
    assert 'name="prompt"' in answer.content.decode()


def test_a_question_opens_for_change_and_the_change_is_a_new_version(
    client: Client, cast: Any
) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id, points=("加法",))
    shown = client.get(f"/questions/{row.id}?edit").content.decode()
    assert "1+1=?" in shown
    assert "漏加" in shown
    answer = post(client, f"/questions/{row.id}")
    newer = Question.objects.get(replaces=row)
    assert answer["Location"] == f"/questions/{newer.id}"
    assert "看新的一版" in client.get(f"/questions/{row.id}").content.decode()


def test_retire_and_bring_back(client: Client, cast: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    post(client, f"/questions/{row.id}/retire")
    row.refresh_from_db()
    assert row.retired_at is not None
    post(client, f"/questions/{row.id}/retire", back="1")
    row.refresh_from_db()
    assert row.retired_at is None


# Trying out


def test_the_preview_shows_what_a_pupil_sees_and_no_key(client: Client) -> None:
    shown = client.post("/questions/preview", {**FIELDS, "q0": "B"}).content.decode()
    assert '<fieldset class="question"' in shown
    assert 'value="B" checked' in shown
    assert "没有退位" not in shown
    assert "借一当十" not in shown
    assert not Question.objects.exists()


def test_an_unfinished_question_is_previewed_with_what_is_missing(client: Client) -> None:
    shown = client.post("/questions/preview", {**FIELDS, "right": ""}).content.decode()
    assert "请标出正确答案。" in shown
    assert "42-17=？" in shown


@pytest.mark.parametrize(
    ("answer", "words"),
    [("A", ["判对", "2 / 2"]), ("B", ["判错", "没有退位", "0 / 2"]), ("", ["先在上面作答"])],
)
def test_trying_says_the_mark_and_the_cause(client: Client, answer: str, words: list[str]) -> None:
    shown = client.post("/questions/try", {**FIELDS, "q0": answer}).content.decode()
    assert all(word in shown for word in words)


def test_trying_a_sum_finds_the_bug_behind_a_wrong_result(client: Client) -> None:
    fields = {**FIELDS, "kind": "number", "value": "25", "expression": "42-17", "q0": "35"}
    shown = client.post("/questions/try", fields).content.decode()
    assert "会找到的错因" in shown


# Who may


@pytest.mark.parametrize("path", ["/questions", "/questions/new", "/questions/import"])
@pytest.mark.parametrize("whose", ["pupil", "guardian"])
def test_pupils_and_guardians_find_no_bank(cast: Any, path: str, whose: str) -> None:
    assert people.signed_in(getattr(cast, whose)).get(path).status_code == 404


def test_a_stranger_is_sent_to_sign_in() -> None:
    assert Client().get("/questions")["Location"].startswith("/sign-in")


def test_another_schools_question_is_not_there(cast: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    far = people.teacher(people.school_class(people.org("school", "远", cast.school.parent)))
    stranger = people.signed_in(far)
    assert stranger.get(f"/questions/{row.id}").status_code == 404
    assert post(stranger, f"/questions/{row.id}").status_code == 404
    assert post(stranger, f"/questions/{row.id}/retire").status_code == 404
    assert "1+1" not in stranger.get("/questions").content.decode()


def test_who_may_read_and_not_write_sees_the_key_and_no_editor(cast: Any, client: Client) -> None:
    row = makers.written()
    shown = client.get(f"/questions/{row.id}?edit").content.decode()
    assert 'id="question-form"' not in shown
    assert "参考" not in shown or "2" in shown
    assert post(client, f"/questions/{row.id}").status_code == 404


# The list and the picker


@pytest.mark.parametrize("cookies", [{}, ENGLISH])
def test_the_list_and_its_empty_state_in_both_languages(client: Client, cookies: Any) -> None:
    client.cookies.load(cookies)
    empty = client.get("/questions").content.decode()
    assert ("No questions here yet" if cookies else "这里还没有题") in empty
    makers.written(subject="maths", points=("加法",))
    shown = client.get("/questions?subject=maths&grade=3&kind=choice&q=1&marked=1").content.decode()
    assert "1+1=?" in shown
    assert ("Marked at once" if cookies else "自动批改") in shown
    assert client.get("/questions?grade=99&kind=x&point=y&page=z").status_code == 200


def test_the_picker_gives_rows_to_tick(client: Client) -> None:
    row = makers.written()
    shown = client.get("/questions/pick?subject=maths").content.decode()
    assert f'data-pick="{row.id}"' in shown
    assert "没有合适的题" in client.get("/questions/pick?subject=art").content.decode()


def test_the_pickers_tag_keeps_what_was_chosen(cast: Any) -> None:
    from django.template import engines  # noqa: PLC0415

    row = makers.written(cast.teacher, school_id=cast.school.id)
    template = engines["django"].from_string(
        '{% load questions %}{% question_pick name="ask" chosen=lines subject="maths" grade=3 %}'
    )
    shown = template.render({"lines": question_lines(people.who(cast.teacher), [row.id])})
    assert f'name="ask" value="{row.id}"' in shown


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_however_many_there_are(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        makers.written(points=("点",))
    with django_assert_max_num_queries(20):
        client.get("/questions?subject=maths")


# The partials of every kind


@pytest.mark.parametrize("item", [one for one, _ in example_items()], ids=lambda i: i.kind.value)
def test_every_kind_is_asked_with_native_named_fields_and_solved(item: m.Item) -> None:
    asked = asked_from(item, 7)
    shown = question_ask(asked, None, 3)
    assert 'data-question="7"' in shown
    assert f'data-kind="{item.kind.value}"' in shown
    assert 'name="q7' in shown
    assert "<legend" in shown
    solved = question_solved(solved_from(item, asked))
    assert "data-question" in solved


def test_a_stored_answer_stands_in_its_fields() -> None:
    kinds = {item.kind: item for item, _ in example_items()}
    blanks = question_ask(asked_from(kinds[m.Kind.BLANKS], 7), {"1": '"12'})
    assert 'value="&quot;12"' in blanks
    assert blanks.count("q-blank") == 2
    order = question_ask(asked_from(kinds[m.Kind.ORDERING], 7), ["c", "a", "b"])
    assert order.index('data-option="c"') < order.index('data-option="a"')
    joined = question_ask(asked_from(kinds[m.Kind.MATCHING], 7), [["a", "2"]])
    assert '<option value="2" selected>' in joined
    assert "disabled" in question_ask(asked_from(kinds[m.Kind.CHOICE], 7), "A", locked=True)


def test_the_same_question_twice_on_a_page_shares_no_group_of_options() -> None:
    """Radio buttons of one name would hold one answer between them; an id is one element's."""
    kinds = {item.kind: item for item, _ in example_items()}
    asked = asked_from(kinds[m.Kind.CHOICE], 7)
    here, there = question_ask(asked, "A"), question_ask(asked, "B", locked=True, apart=31)
    assert 'id="q7"' in here
    assert 'type="radio" name="q7"' in here
    assert 'id="q7-31"' in there
    assert 'type="radio" name="q7-31"' in there
    assert 'name="q7"' not in there


def test_an_answer_that_is_markup_stays_text() -> None:
    item = m.Item("1", "写", m.ShortTextKey(("x",)))
    asked = asked_from(item, 7)
    assert "<script" not in question_ask(asked, "<script>alert(1)</script>")
    assert "<script" not in question_solved(solved_from(item, asked), "<script>alert(1)</script>")
