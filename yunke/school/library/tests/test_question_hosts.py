"""A question never makes the device of who answers it call another host, wherever it came from."""

import io
import re
from typing import Any

import pytest
from django.test import Client

from yunke.base.jobs import run_one
from yunke.craft.marking import items as m
from yunke.ground.people.tests import makers as people
from yunke.school.library import jobs  # noqa: F401  the worker knows them
from yunke.school.library.actions.packages import package_read, package_write
from yunke.school.library.actions.questionfiles import found_of, questions_bring, questions_take
from yunke.school.library.door import asked_of, solved_of
from yunke.school.library.models import Question, QuestionFile
from yunke.school.library.reads.items import item_of_row
from yunke.school.library.rules.shown import shown
from yunke.school.library.templatetags.questions import question_ask, question_solved
from yunke.school.library.tests import makers

pytestmark = pytest.mark.django_db
OUT = "http://evil.example/x"
# Whatever a browser would follow or load by itself to another host.
CALLS = re.compile(r"""(?:src|href|data|poster|action|srcset|cite)\s*=\s*["']?\s*(?:[a-z]+:|//)""")
TEXTS = (
    f'看<a href="{OUT}">这里</a>再做',
    f'看<img src="{OUT}.png" alt="一只猫"/>再做',
    '看<img src="https:/evil.example/a.png" alt="猫"/>再做',
    '看<img src="%68ttps:/evil.example/a.png" alt="猫"/>再做',
    f'<audio src="{OUT}.mp3" controls="controls">听不到</audio>再做',
    f'<video src="{OUT}.mp4" poster="{OUT}.png"></video>再做',
    f'<p><a href="//evil.example">点</a><object data="{OUT}" type="image/png">图</object></p>',
    f'<p style="background:url({OUT})">看</p><iframe src="{OUT}"></iframe>',
    f"看 ![猫]({OUT}.png) 再做",
    "看 ![猫](media/../../evil.example/a.png) 再做",
    rf"$\href{{{OUT}}}{{x}}$ 和 $\includegraphics{{{OUT}.png}}$",
)


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


def read_in(somebody: Any, **files: str | bytes) -> QuestionFile:
    out = io.BytesIO()
    makers.package(out, **files)
    who = people.who(somebody)
    number = questions_bring(
        who=who, name="a.zip", chunks=iter([out.getvalue()]), subject="maths", grade=3
    )
    run_one()
    return QuestionFile.objects.get(id=number)


def test_a_hostile_package_comes_in_without_its_links_and_each_is_told_by_file_and_line(
    cast: Any, client: Client
) -> None:
    hostile = f'1+1=<a href="{OUT}">hier</a> <img src="{OUT}.png" alt="zwei"/>'
    row = read_in(cast.teacher, bad_xml=makers.qti("bad", hostile), good_xml=makers.qti("good"))
    told = {(one.file, one.line, one.code) for one in found_of(row.id).missing}
    assert {("bad.xml", 5, "link-outside"), ("bad.xml", 5, "media-outside")} <= told
    assert row.counts["understood"] == 2
    page = client.get(f"/questions/import/{row.id}").content.decode()
    assert "链接指向别的网站，去掉了，文字留下了。" in page
    assert not CALLS.search(page.replace('href="http://testserver', ""))
    questions_take(who=people.who(cast.teacher), file_id=row.id)
    run_one()
    stem = Question.objects.get(stem__contains="hier").stem
    assert "evil" not in stem
    assert "zwei" in stem


@pytest.mark.parametrize("text", TEXTS)
def test_a_row_that_lies_in_the_bank_already_is_shown_without_its_addresses(text: str) -> None:
    """In prompt, option and reasoning: what pupils answer, and what they see afterwards."""
    key = m.ChoiceKey((m.Choice("A", text), m.Choice("B", "2")), "B")
    row = makers.written(told=m.Item("item", text, key, reasoning=text))
    asked, solved = asked_of([row.id])[row.id], solved_of([row.id])[row.id]
    for page in (str(question_ask(asked)), str(question_solved(solved)), shown(text)):
        assert not CALLS.search(page), page
        assert "url(" not in page


@pytest.mark.parametrize("address", ["notes.pdf", "media/a.html", "sign-out", "#top", "?x=1"])
def test_a_link_within_a_package_is_its_words_for_it_leads_to_no_page_here(address: str) -> None:
    assert shown(f'看<a href="{address}"><b>这里</b></a>再做') == "看<b>这里</b>再做"


@pytest.mark.parametrize("text", TEXTS)
def test_what_goes_out_as_a_package_leads_nowhere_either(text: str) -> None:
    row = makers.written(told=m.Item("item", text, makers.item().key))
    out = io.BytesIO()
    package_write([item_of_row(row)], out)
    found = package_read(out)
    assert len(found.brought) == 1
    assert not [one for one in found.missing if one.code.endswith("-outside")]


def test_the_editor_shows_such_a_question_and_calls_nobody(cast: Any, client: Client) -> None:
    row = makers.written(cast.teacher, m.Item("item", TEXTS[6], makers.item().key),
                         school_id=cast.school.id)  # fmt: skip
    answer = client.get(f"/questions/{row.id}")
    assert answer.status_code == 200
    page = re.sub(r"<textarea.*?</textarea>", "", answer.content.decode(), flags=re.DOTALL)
    assert not CALLS.search(page)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", f"链接指向别的网站，去掉了，文字留下了。（{OUT}）"),
        ("en", f"The link led to another website: it was taken out and its text kept. ({OUT})"),
    ],
)
def test_the_report_says_where_each_stood_in_the_language_of_the_page(
    cast: Any, client: Client, language: str, words: str
) -> None:
    row = read_in(cast.teacher, bad_xml=makers.qti("bad", f'1+1=<a href="{OUT}">hier</a>'))
    client.cookies["yunke_language"] = language
    page = client.get(f"/questions/import/{row.id}").content.decode()
    told = [re.sub(r"\s+", " ", cell) for cell in re.findall(r"<td>(.*?)</td>", page, re.DOTALL)]
    assert told == ["bad.xml", "第 5 行" if language == "zh-hans" else "line 5", words]


def test_an_address_that_is_a_program_in_the_report_is_words(cast: Any, client: Client) -> None:
    hostile = '<a href="https://x.example/&quot;&gt;&lt;script&gt;evil()&lt;/script&gt;">x</a>1+1='
    row = read_in(cast.teacher, bad_xml=makers.qti("bad", hostile))
    page = client.get(f"/questions/import/{row.id}").content.decode()
    assert "<script>evil()" not in page
    assert "&lt;script&gt;evil()" in page
