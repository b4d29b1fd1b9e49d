"""QTI 1.2 of Common Cartridges and Canvas: quizzes come in, and go out as QTI of today."""

import io
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from yunke.craft.formats.qti.pack import write_package
from yunke.craft.formats.qti.package import Package, read_package
from yunke.craft.formats.qti.values import Entry, Interaction, Item, Kind, Scoring, Version, When
from yunke.craft.formats.tests.qti_corpus import PNG, zipped

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "standards" / "common_cartridge"


def text(html: str) -> str:
    return f'<material><mattext texttype="text/html">{escape(html)}</mattext></material>'


def labels(*told: str) -> str:
    return "".join(
        f'<response_label ident="{one.split(":")[0]}"><material><mattext>{one.split(":")[1]}'
        "</mattext></material></response_label>"
        for one in told
    )


def lid(*told: str, id_: str = "r", many: str = "Single", stem: str = "") -> str:
    return (
        f'<response_lid ident="{id_}" rcardinality="{many}">{stem}<render_choice>{labels(*told)}'
        "</render_choice></response_lid>"
    )


def rule(condition: str, points: str = "100", more: str = "") -> str:
    return (
        f"<respcondition><conditionvar>{condition}</conditionvar>"
        f'<setvar varname="SCORE">{points}</setvar>{more}</respcondition>'
    )


def equal(value: str, id_: str = "r") -> str:
    return f'<varequal respident="{id_}">{value}</varequal>'


STRING = (
    '<response_str ident="r"><render_fib><response_label ident="a"/></render_fib></response_str>'
)


def quiz(*items: str) -> Package:
    body = "".join(
        f'<item ident="i{number}" title="T">{one}</item>' for number, one in enumerate(items, 1)
    )
    data = (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment>'
        f"<section>{body}</section></assessment></questestinterop>"
    ).encode()
    return read_package(zipped({"q/quiz.xml": data, "web_resources/a b.png": PNG}))


def one(presentation: str, processing: str = "", more: str = "") -> Item:
    found = quiz(
        f"<presentation>{presentation}</presentation>"
        f"<resprocessing>{processing}</resprocessing>{more}"
    )
    assert len(found.items) == 1, found.faults
    assert found.items[0].version is Version.V12
    return found.items[0].item


def only(item: Item) -> Interaction:
    assert len(item.interactions) == 1
    return item.interactions[0]


def field(label: str, entry: str) -> str:
    return (
        f"<itemmetadata><qtimetadatafield><fieldlabel>{label}</fieldlabel>"
        f"<fieldentry>{entry}</fieldentry></qtimetadatafield></itemmetadata>"
    )


def test_a_choice_with_what_is_said_to_each_option() -> None:
    feedback = (
        f'<itemfeedback ident="A_fb"><flow_mat>{text("<p>too few</p>")}</flow_mat></itemfeedback>'
        f'<itemfeedback ident="correct_fb"><flow_mat>{text("well")}</flow_mat></itemfeedback>'
        f'<itemfeedback ident="general_incorrect_fb">{text("no")}</itemfeedback>'
    )
    item = one(text("<p>How many?</p>") + lid("A:2", "B:3 &lt; 4"), rule(equal("B")), feedback)
    asked = only(item)
    assert asked.kind is Kind.CHOICE
    assert asked.key.right == ("B",)
    assert [(o.id, o.html, o.feedback) for o in asked.options] == [
        ("A", "2", "<p>too few</p>"),
        ("B", "3 &lt; 4", ""),
    ]
    assert item.body == '<p>How many?</p> <response id="r"/>'
    assert [(f.when, f.html) for f in item.feedback] == [(When.RIGHT, "well"), (When.WRONG, "no")]


def test_true_and_false() -> None:
    assert only(one(lid("1:True", "2:False"), rule(equal("2")))).kind is Kind.TRUE_FALSE


def test_several_right_options_and_those_that_must_not_be_chosen() -> None:
    condition = f"<and>{equal('C')}{equal('A')}<not>{equal('B')}</not></and>"
    asked = only(one(lid("A:1", "B:2", "C:3", many="Multiple"), rule(condition)))
    assert (asked.kind, asked.key.right) == (Kind.MULTIPLE, ("A", "C"))


def test_the_rule_that_gives_most_is_the_right_one() -> None:
    asked = only(one(lid("A:1", "B:2"), rule(equal("A"), "50") + rule(equal("B"))))
    assert asked.key.right == ("B",)


def test_words_for_a_blank_and_capitals_do_not_matter() -> None:
    asked = only(one(STRING, rule(f"<or>{equal('Paris')}{equal('paname')}</or>")))
    assert asked.kind is Kind.TEXT
    assert asked.key.entries == (Entry("Paris", 1.0, False), Entry("paname", 1.0, False))


@pytest.mark.parametrize(
    ("condition", "right", "tolerance"),
    [
        (
            f"<or>{equal('33.33')}<and><vargte respident='r'>33.32</vargte>"
            "<varlte respident='r'>33.35</varlte></and></or>",
            ("33.33",),
            (0.01, 0.02),
        ),
        (
            "<vargte respident='r'>2</vargte><varlte respident='r'>4</varlte>",
            ("3",),
            (1.0, 1.0),
        ),
    ],
)
def test_a_number_between_limits(
    condition: str, right: tuple[str, ...], tolerance: tuple[float, float]
) -> None:
    key = only(one(STRING, rule(condition))).key
    assert (key.scoring, key.right) == (Scoring.NEAR, right)
    assert key.tolerance == pytest.approx(tolerance)


def test_without_a_rule_a_text_is_for_a_person_with_its_points() -> None:
    asked = only(one(STRING, "", field("points_possible", "7.5")))
    assert asked.kind is Kind.EXTENDED
    assert (asked.key.scoring, asked.key.worth) == (Scoring.PERSON, 7.5)


def test_a_file_to_hand_in() -> None:
    item = one(text("Show it."), "", field("question_type", "file_upload_question"))
    assert only(item).kind is Kind.UPLOAD


def test_matching_becomes_one_choice_in_line_for_each() -> None:
    item = one(
        text("Match.")
        + lid("1:Civic", "2:Corolla", id_="a", stem=text("Honda"))
        + lid("1:Civic", "2:Corolla", id_="b", stem=text("Toyota")),
        rule(equal("1", "a"), "50") + rule(equal("2", "b"), "50"),
        field("points_possible", "4"),
    )
    assert item.body == ('Match. <p>Honda <response id="a"/></p> <p>Toyota <response id="b"/></p>')
    assert [(i.kind, i.key.right, i.key.worth) for i in item.interactions] == [
        (Kind.INLINE, ("1",), 2.0),
        (Kind.INLINE, ("2",), 2.0),
    ]


@pytest.mark.parametrize("base", ["$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24"])
def test_pictures_lie_among_the_cartridges_files(base: str) -> None:
    item = one(text(f'<p><img src="{base}/a%20b.png" alt="x"></p>') + lid("A:1", "B:2"),
               rule(equal("A")))  # fmt: skip
    assert item.media == ("web_resources/a b.png",)


def test_html_that_nobody_closed_is_closed_and_what_runs_is_gone() -> None:
    item = one(text("<p>a<br><b>b<script>evil()</script><img src=x onerror=evil()>") + STRING)
    assert item.body.startswith("<p>a<br/><b>b")
    assert "evil" not in repr(item)


@pytest.mark.parametrize("told", ["", "<", "&nbsp;", "<!-- x -->", "\u0000"[:0], "<p", "1 < 2"])
def test_odd_html_is_a_text(told: str) -> None:
    assert isinstance(one(text(told) + STRING).body, str)


def test_a_right_option_that_is_none_is_for_a_person() -> None:
    found = quiz(
        f"<presentation>{lid('A:1', 'B:2')}</presentation>"
        f"<resprocessing>{rule(equal('Z'))}</resprocessing>"
    )
    assert only(found.items[0].item).key.scoring is Scoring.PERSON
    assert [fault.code for fault in found.items[0].faults] == ["key-none"]


def test_the_same_item_again_stays_out() -> None:
    same = (
        f"<presentation>{text('Q')}{lid('A:1', 'B:2')}</presentation>"
        f"<resprocessing>{rule(equal('A'))}</resprocessing>"
    )
    other = same.replace(">A<", ">B<")
    found = quiz(same, same, other)
    assert [read.item.id for read in found.items] == ["i1", "i3"]
    assert [(fault.code, fault.detail) for fault in found.faults] == [("item-again", "i2")]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("", "item-empty"),
        ("<presentation/>", "item-empty"),
        (f"<presentation>{text('only text')}</presentation>", "item-empty"),
        (f"<presentation>{text('x' * 200_000)}{STRING}</presentation>", "item-long"),
    ],
)
def test_what_cannot_come_in_is_told_and_its_neighbour_comes_in(item: str, code: str) -> None:
    found = quiz(item, f"<presentation>{STRING}</presentation>")
    assert [read.item.id for read in found.items] == ["i2"]
    assert [fault.code for fault in found.faults] == [code]


def again(found: Package) -> list[Item]:
    file = io.BytesIO()
    write_package([read.item for read in found.items], Version.V30, file, lambda name: None)
    file.seek(0)
    return [read.item for read in read_package(file).items]


def test_a_quiz_of_old_goes_out_as_qti_of_today() -> None:
    found = quiz(
        f"<presentation>{text('Q')}{lid('A:1', 'B:2', 'C:3')}</presentation>"
        f"<resprocessing>{rule(equal('A'))}</resprocessing>",
        f"<presentation>{STRING}</presentation><resprocessing>{rule(equal('x'))}</resprocessing>",
        f"<presentation>{''.join(lid('1:a', '2:b', id_=n) for n in 'xyz')}</presentation>"
        f"<resprocessing>{''.join(rule(equal('1', n)) for n in 'xyz')}</resprocessing>",
    )
    assert again(found) == [read.item for read in found.items]


@pytest.mark.skipif(not REAL.exists(), reason="the samples are not on this machine")
def test_a_real_cartridge_of_all_question_types() -> None:
    folder = REAL / "all-question-types"
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    found = read_package(zipped(files))
    kinds = sorted(asked.kind.value for read in found.items for asked in read.item.interactions)
    assert kinds == sorted(
        ["choice", "true-false", "multiple", "extended-text", "extended-text", "upload", "number",
         *["inline-choice"] * 5]
    )  # fmt: skip
    assert [fault.code for fault in found.faults].count("item-again") == 4
    assert again(found) == [read.item for read in found.items]
