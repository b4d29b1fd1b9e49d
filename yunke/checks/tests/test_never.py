"""What is never done, whatever the profile: the public page names these tests."""

import re

import pytest
from django.apps import apps

from yunke.base.capability import CAPABILITIES
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


def test_a_camera_reads_cards_and_nothing_else() -> None:
    films = {name for name, text in sources(".js", ".html") if "getUserMedia" in text}
    assert films <= {"yunke/ground/people/static/people/card-scan.js"}


def test_no_page_records_a_screen_or_a_face() -> None:
    for name, text in sources(".js"):
        for forbidden in ("getDisplayMedia", "MediaRecorder", "FaceDetector"):
            assert forbidden not in text, name


def test_every_never_has_a_proof_and_every_proof_is_a_test() -> None:
    assert set(NEVER) == {c.key for c in CAPABILITIES if c.never}
    for proof in (proof for proofs in NEVER.values() for proof in proofs):
        file, _, name = proof.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text()


@pytest.mark.parametrize("text", ["班级排行", "A leaderboard", "本月名次"])
def test_the_search_for_rankings_would_find_one(text) -> None:
    assert MERIT.search(text)
