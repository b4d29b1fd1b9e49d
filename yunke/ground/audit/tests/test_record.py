"""A line is written with its act or the act is not done; its words are plain."""

import pytest
from django.db import transaction

from yunke.ground.audit.door import Act, audit_record
from yunke.ground.audit.models import Entry, Head
from yunke.ground.audit.rules import code_of, code_read, is_word, plain
from yunke.ground.audit.tests.makers import chain, line


@pytest.mark.django_db
def test_a_line_follows_the_one_before() -> None:
    assert chain(3) == [1, 2, 3]
    first, second, third = Entry.objects.order_by("seq")
    assert first.before == "0" * 64
    assert (second.before, third.before) == (first.hash, second.hash)
    assert Head.objects.get().hash == third.hash


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_line_is_written() -> None:
    with pytest.raises(RuntimeError):
        audit_record(actor_id=1, act=Act.ROLE_CHANGED)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_first_line_of_an_emptied_database_makes_its_head() -> None:
    Head.objects.all().delete()
    assert line() == 1
    assert Head.objects.get().seq == 1


@pytest.mark.django_db
def test_an_act_that_fails_takes_its_line_along() -> None:
    chain(1)
    with transaction.atomic():
        audit_record(actor_id=1, act=Act.ROLE_CHANGED)
        transaction.set_rollback(True)
    assert Head.objects.get().seq == 1
    assert line() == 2


@pytest.mark.django_db
def test_texts_are_kept_as_both_databases_can() -> None:
    line(reason=" a\0b " + "长" * 300, detail={"share": 0.1, "deep": [1, {"x\0": None}]})
    entry = Entry.objects.get()
    assert entry.reason.startswith("ab ")
    assert len(entry.reason) == 200
    assert entry.detail == {"share": "0.1", "deep": [1, {"x": None}]}


@pytest.mark.django_db
@pytest.mark.parametrize("more", [{"object_kind": "Lesson 3"}, {"role": "王老师"}])
def test_what_people_type_is_no_kind_and_no_role(more: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="words of the code"):
        line(**more)


def test_plain_values_come_back_as_they_are() -> None:
    assert plain({"a": True, "b": 2**70, "c": (1, 2), 3: "x"}) == {
        "a": True, "b": 2**70, "c": [1, 2], "3": "x",
    }  # fmt: skip
    assert plain(1e16) == "1e+16"
    assert plain(Act.DATA_ERASED) == "data.erased"
    assert plain(object)[:7] == "<class "


def test_a_code_is_read_as_it_was_shown() -> None:
    code = code_of("7f3a09bc51de" + "0" * 52)
    assert code == "7F3A-09BC-51DE"
    assert code_read(f" {code.lower()} ") == "7f3a09bc51de"
    assert code_read("7F3A") == ""


def test_words() -> None:
    assert is_word("lesson.page")
    assert is_word("")
    assert not is_word("A\x1fb")
