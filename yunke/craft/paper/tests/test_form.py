"""The form of consent on paper: everybody's name, two boxes a question, in both languages."""

import pypdfium2
import pytest

from yunke.craft.paper import Question, Words, form_pdf

WORDS = Words(
    title="同意书", intro="每一项分开选。", yes="同意", no="不同意", milder="更轻的办法：",
    child="孩子怎么说", signed="签名", relation="关系", day="日期", foot="可以随时收回",
)  # fmt: skip
QUESTIONS = [
    Question(f"第{n}项", "做什么用，写在这里。", "也可以不做。", f"q{n} v1") for n in range(4)
]


def read(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def test_each_person_has_a_page_with_the_name_and_every_question() -> None:
    pages = read(form_pdf(WORDS, QUESTIONS, [("林小满", "一年级一班"), ("何乐天", "一年级一班")]))
    assert len(pages) == 2
    assert "林小满" in pages[0]
    assert "何乐天" in pages[1]
    for page in pages:
        assert page.count("不同意") == len(QUESTIONS)
        assert all(question.code in page for question in QUESTIONS)


def test_many_questions_flow_to_another_page_without_being_cut() -> None:
    pages = read(form_pdf(WORDS, QUESTIONS * 5, [("林小满", "")]))
    assert len(pages) > 1
    assert sum(page.count("不同意") for page in pages) == 20


@pytest.mark.parametrize("name", ["#set page()", "$x$", "[林]", '"', "阿卜杜热合曼·买买提"])
def test_a_name_is_text_and_no_command(name: str) -> None:
    assert name[:3] in "".join(read(form_pdf(WORDS, QUESTIONS[:1], [(name, "")], "en")))
