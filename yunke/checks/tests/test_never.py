"""What is never done, whatever the profile: the public page names these tests."""

import re
from dataclasses import dataclass

import pytest
from django.apps import apps

from yunke.base.capability import CAPABILITIES
from yunke.checks.access.table import lines
from yunke.checks.house.tree import ROOT, tracked
from yunke.ground.lake.door import Verb
from yunke.ground.people.door import RIGHTS
from yunke.site.about import NEVER
from yunke.site.existing import modules_of_routes

# Libraries that find or tell apart faces, by the names under which they are installed.
FACES = re.compile(
    r"^(face[-_]?recognition|deepface|insightface|dlib|facenet|retina[-_]?face|mtcnn|libreface|"
    r"openface|fer|arcface|keras[-_]?vggface|compreface)\b",
    re.I | re.M,
)
MERIT = re.compile(r"leaderboard|ranking|排行|排名|名次|光荣榜", re.I)
# A page may say that there is none.
DENIED = re.compile(r"(?:不(?:做|是|公布)?|没有|不是)(?:任何)?(?:排名|名次)")
# Where the words themselves stand: what is refused must be named to be refused.
NAMED = (
    "base/capability.py",
    "consent/rules/switches.py",
    "/privacy/templates/",
    "/locale/",
    "/tests/",
)


def sources(*suffixes: str) -> list[tuple[str, str]]:
    found = []
    for suffix in suffixes:
        for path in tracked(suffix, "yunke"):
            name = str(path.relative_to(ROOT))
            if not any(part in name for part in NAMED) and not name.startswith("yunke/demo"):
                found.append((name, path.read_text(encoding="utf-8")))
    assert found
    return found


def test_no_library_knows_people_by_their_faces() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert FACES.findall((ROOT / lock).read_text()) == []
    imported = re.compile(r"^\s*(?:import|from)\s+(\S+)", re.M)
    for name, text in sources(".py"):
        assert [m for m in imported.findall(text) if FACES.match(m)] == [], name


def test_the_search_for_libraries_would_find_one() -> None:
    assert FACES.findall("numpy==1\nface-recognition==1.3.0\n")
    assert FACES.findall("deepface==0.0.93")
    assert not FACES.findall("ferry==1\ntypeface==2")


def test_no_table_could_hold_a_face() -> None:
    word = re.compile(r"face|biometric|embedding|voiceprint", re.I)
    columns = [
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if word.search(field.name) or word.search(model.__name__)
    ]
    assert columns == []


def test_nobody_is_put_in_an_order_of_merit() -> None:
    for name, text in sources(".html", ".js"):
        assert not MERIT.search(DENIED.sub("", text)), name
    for thing in (*RIGHTS, *(verb.value for verb in Verb), *modules_of_routes()):
        assert not MERIT.search(thing), thing


@dataclass(frozen=True)
class Opens:
    """A script that may open a camera, a microphone or a screen: where it runs, and what for."""

    templates: frozenset[str]
    # Its pages in the table of who may open what.
    pages: frozenset[str]
    # What follows "video:" wherever a stream is asked for; nothing where it asks for sound alone.
    video: frozenset[str]
    reason: str


BACK = 'facingMode: "environment"'
OPENS = {
    "yunke/ground/people/static/people/card-scan.js": Opens(
        frozenset({"people/sign_in.html"}), frozenset(), frozenset({BACK}),
        "reads the code of a login card on the device; no picture leaves it",
    ),
    "yunke/school/exams/static/exams/phone.js": Opens(
        frozenset({"exams/phone.html"}), frozenset({"/exams/<int:exam_id>/scans/phone"}),
        frozenset({BACK}), "the teacher photographs answer sheets after the exam, one at a press",
    ),
    "yunke/school/practice/static/practice/cards.js": Opens(
        frozenset({"practice/live_camera.html"}), frozenset({"/live-quiz/<int:live_id>/camera"}),
        frozenset({BACK}), "the teacher's phone reads raised cards; no still is kept",
    ),
    "yunke/school/practice/static/practice/recorder.js": Opens(
        frozenset({"practice/question.html"}),
        frozenset({"/practice/class/<int:class_id>/question/<int:erred_id>"}),
        frozenset({"height: { ideal: 720", "frameRate: 15"}),
        "a teacher explains a question: the own voice, with the own camera or screen",
    ),
    "yunke/school/homework/static/homework/record.js": Opens(
        frozenset({"homework/mine.html"}), frozenset({"/homework/<int:homework_id>"}), frozenset(),
        "a pupil reads aloud, a teacher speaks a note: sound alone",
    ),
}  # fmt: skip
# A pupil's own pages that open a stream: sound alone.
SOUND = "yunke/school/homework/static/homework/record.js"
TEACHERS = "yunke/school/practice/static/practice/recorder.js"
VIDEO = re.compile(r"\bvideo:\s*\{?\s*([^,}]+?)\s*(?=[,}])")


def users(word: str) -> set[str]:
    return {name for name, text in sources(".js", ".html") if word in text}


def test_a_camera_looks_at_paper_or_at_the_teacher() -> None:
    assert users("getUserMedia") == set(OPENS)
    for name, opens in OPENS.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert set(VIDEO.findall(text)) == opens.video, name
        assert name == TEACHERS or opens.video <= {BACK}, name
        script = name.partition("/static/")[2]
        shown = {page.partition("/templates/")[2] for page in users(f"'{script}'")}
        assert shown == opens.templates, name
    assert users('capture="user"') == set()


def test_a_stream_opened_for_a_pupil_has_no_picture() -> None:
    """A pupil opens no page with a camera but the one that reads the own login card."""
    table = lines()
    for name, opens in OPENS.items():
        pupils = {page for page in opens.pages if "Y" in table[page, "GET"].cells["pupil"]}
        assert not pupils or (name == SOUND and not opens.video), name


def test_no_page_records_a_screen_or_a_face() -> None:
    """A screen is recorded by a teacher alone, who presses for it and is asked by the browser."""
    assert users("FaceDetector") == set()
    assert users("getDisplayMedia") == {TEACHERS}
    assert users("MediaRecorder") == {TEACHERS, SOUND}
    begun = re.findall(r".*this\.begin\(.*", (ROOT / TEACHERS).read_text(encoding="utf-8"))
    assert begun
    assert all('addEventListener("click"' in line for line in begun)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("{ audio: true }", []),
        ("{ video: true }", ["true"]),
        ('{ video: { facingMode: "user" }, audio: true }', ['facingMode: "user"']),
    ],
)
def test_the_search_for_cameras_would_find_one(asked: str, found: list[str]) -> None:
    assert VIDEO.findall(asked) == found


def test_every_never_has_a_proof_and_every_proof_is_a_test() -> None:
    assert set(NEVER) == {c.key for c in CAPABILITIES if c.never}
    for proof in (proof for proofs in NEVER.values() for proof in proofs):
        file, _, name = proof.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text()


@pytest.mark.parametrize("text", ["班级排行", "A leaderboard", "本月名次"])
def test_the_search_for_rankings_would_find_one(text: str) -> None:
    assert MERIT.search(text)
