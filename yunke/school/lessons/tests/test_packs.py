"""A pack goes to exactly those whose names were shown, and is opened once."""

import pytest
from django.http import HttpResponse

from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast, guardian, once, pupil, signed_in
from yunke.school.lessons.models import Pack, PackCopy
from yunke.school.lessons.reads.packs import packs_of, packs_sent
from yunke.school.lessons.tests.makers import Hour, hour, pack, taught, watched

pytestmark = pytest.mark.django_db


def shown(made: Hour) -> str:
    return ",".join(str(child.id) for child in made.people.pupils)


def send(made: Hour, **values: str) -> HttpResponse:
    client = signed_in(made.people.teacher)
    form = {"lesson": made.lesson.id, "shown": shown(made), "video": "on", "message": "再读一遍"}
    path = f"/class/{made.people.one.id}/packs/new"
    return client.post(path, {**form, **values, **once()})


def test_the_names_of_all_who_will_get_it_stand_on_the_page() -> None:
    made = hour()
    path = f"/class/{made.people.one.id}/packs/new?lesson={made.lesson.id}"
    page = signed_in(made.people.teacher).get(path).content.decode()
    assert all(child.name in page for child in made.people.pupils)
    assert made.people.other_pupil.name not in page
    assert f'name="shown" value="{shown(made)}"' in page
    assert "发给这 5 位学生" in page


def test_sending_gives_each_of_them_a_copy_and_tells_the_log() -> None:
    made = hour()
    assert send(made).status_code == 303
    found = Pack.objects.get()
    assert (found.message, found.with_video, found.with_courseware) == ("再读一遍", True, False)
    assert set(PackCopy.objects.values_list("person_id", flat=True)) == {
        child.id for child in made.people.pupils
    }
    event = Event.objects.get(verb="pack.sent")
    assert (event.result, event.class_id) == ({"to": 5}, made.people.one.id)


def test_a_class_that_changed_in_between_is_shown_again_and_nobody_gets_it() -> None:
    made = hour()
    names = shown(made)
    pupil(made.people.one, "新来的")
    answer = send(made, shown=names)
    assert answer.status_code == 409
    assert Pack.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"video": ""}, {"shown": "a,b"}, {"shown": ""}])
def test_an_empty_pack_or_a_broken_list_is_refused(wrong: dict[str, str]) -> None:
    made = hour()
    answer = send(made, **wrong)
    assert answer.status_code == 422
    assert "再读一遍" in answer.content.decode()
    assert Pack.objects.count() == 0


def test_only_the_classs_own_teachers_send() -> None:
    made = hour()
    people = made.people
    path = f"/class/{people.one.id}/packs/new?lesson={made.lesson.id}"
    for somebody in (people.pupil, people.guardian, people.other_teacher, people.admin):
        assert signed_in(somebody).get(path).status_code == 404
    assert signed_in(people.head).get(path).status_code == 200
    far = f"/class/{people.far.id}/packs/new?lesson={made.lesson.id}"
    assert signed_in(people.teacher).get(far).status_code == 404


def test_a_lesson_that_is_none_or_a_draft_cannot_be_sent() -> None:
    made = hour()
    draft = taught(made.people.teacher, published=False)
    client = signed_in(made.people.teacher)
    for number in ("", "x", "99999", str(draft.id)):
        path = f"/class/{made.people.one.id}/packs/new?lesson={number}"
        assert client.get(path).status_code == 404


def test_a_pupil_finds_the_pack_and_opening_it_leads_to_the_lesson() -> None:
    made = hour()
    number = pack(made.people, made.lesson)
    client = signed_in(made.people.pupil)
    assert "再看一遍" in client.get("/packs").content.decode()
    assert packs_of(made.people.pupil.id)[0].opened_at is None
    answer = client.post(f"/packs/{number}/open", once())
    assert answer["Location"] == f"/lesson/{made.lesson.id}"
    assert packs_of(made.people.pupil.id)[0].opened_at is not None
    client.post(f"/packs/{number}/open", once())
    assert Event.objects.filter(verb="pack.opened").count() == 1


def test_nobody_opens_another_pupils_copy() -> None:
    made = hour()
    number = pack(made.people, made.lesson)
    for somebody in (made.people.other_pupil, made.people.guardian, made.people.teacher):
        answer = signed_in(somebody).post(f"/packs/{number}/open", once())
        assert answer.status_code == 404
    assert PackCopy.objects.filter(opened_at__isnull=False).count() == 0


def test_a_pupil_who_came_later_has_no_copy() -> None:
    made = hour()
    pack(made.people, made.lesson)
    late = pupil(made.people.one, "新来的")
    assert packs_of(late.id) == ()
    assert "还没有课后包" in signed_in(late).get("/packs").content.decode()


def test_a_guardian_sees_the_own_childs_packs_and_cannot_open_them() -> None:
    made = hour()
    pack(made.people, made.lesson, "给孩子的话")
    page = signed_in(made.people.guardian).get("/packs").content.decode()
    assert "给孩子的话" in page
    assert "/open" not in page
    other = guardian(made.people.far_pupil)
    assert "给孩子的话" not in signed_in(other).get("/packs").content.decode()


def test_files_of_a_pack_can_be_saved_when_the_lesson_allows() -> None:
    made = hour()
    open_ = taught(made.people.teacher, download_allowed=True)
    pack(made.people, made.lesson)
    assert "存下来" not in signed_in(made.people.pupil).get("/packs").content.decode()
    pack(made.people, open_)
    page = signed_in(made.people.pupil).get("/packs").content.decode()
    assert "存下来以后看" in page
    assert "c.pdf" in page


def test_the_teacher_sees_how_many_opened_it() -> None:
    made = hour()
    number = pack(made.people, made.lesson)
    signed_in(made.people.pupil).post(f"/packs/{number}/open", once())
    [line] = packs_sent([made.people.one.id])
    assert (line.sent, line.opened) == (5, 1)
    page = signed_in(made.people.teacher).get(f"/class/{made.people.one.id}").content.decode()
    assert "1 / 5 打开" in page


def test_a_class_without_pupils_says_so() -> None:
    people = cast(pupils_in_class=1)
    people.pupil.memberships.update(until=people.pupil.memberships.get().since)
    row = taught()
    path = f"/class/{people.one.id}/packs/new?lesson={row.id}"
    assert "这个班还没有学生" in signed_in(people.teacher).get(path).content.decode()


def test_the_pages_in_english(english) -> None:
    made = hour()
    pack(made.people, made.lesson)
    assert "Packs" in english(made.people.pupil).get("/packs").content.decode()
    path = f"/class/{made.people.one.id}/packs/new?lesson={made.lesson.id}"
    page = english(made.people.teacher).get(path).content.decode()
    assert "Send to these 5 pupils" in page


def test_many_packs_cost_the_same_as_few(queries_of) -> None:
    made = hour()
    client = signed_in(made.people.pupil)
    pack(made.people, made.lesson)
    few = queries_of(lambda: client.get("/packs"))
    for _ in range(8):
        row = taught()
        watched(made.people.pupil, row, (0, 10))
        pack(made.people, row)
    assert queries_of(lambda: client.get("/packs")) <= few + 2


def test_fifty_names_cost_what_five_do(queries_of) -> None:
    costs = []
    for count in (5, 50):
        made = hour(pupils=count)
        client = signed_in(made.people.teacher)
        path = f"/class/{made.people.one.id}/packs/new?lesson={made.lesson.id}"
        costs.append(queries_of(lambda c=client, p=path: c.get(p)))
    assert abs(costs[0] - costs[1]) <= 2


def test_a_teacher_is_told_how_to_send_one_where_packs_arrive() -> None:
    page = signed_in(hour().people.teacher).get("/packs").content.decode()
    assert "发一个课后包" in page
    assert 'href="/catalogue"' in page.split("<main", 1)[1]
    assert "老师发来以后" not in page
