"""OneRoster 1.1 and 1.2: real bundles read, every fault named, what is written reads back."""

import io
import zipfile
from pathlib import Path

import pytest

from yunke.craft.formats import oneroster
from yunke.craft.formats.oneroster import BundleRefused, Fault

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "standards"
real = pytest.mark.skipif(not REAL.exists(), reason="the real bundles are not on this machine")


def unpacked(tmp_path: Path, data: bytes) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            (tmp_path / f"{oneroster.file_of(name)}.csv").write_bytes(archive.read(name))
    return tmp_path


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, newline="")
    return tmp_path


@real
def test_a_real_bundle_of_1_2(tmp_path: Path) -> None:
    data = (REAL / "oneroster_bundles" / "v1p2_full_dataset.zip").read_bytes()
    there, faults = unpacked(tmp_path, data), []
    manifest = oneroster.manifest_of(there)
    assert manifest.version == "1.2"
    assert manifest.modes["courses"] == "absent"
    users = list(oneroster.users(there, faults.append, version="1.2"))
    assert (users[0].name, users[0].login) == ("John Doe", "john.doe")
    roles = list(oneroster.roles(there, faults.append))
    assert (roles[0].role, roles[0].primary) == ("teacher", True)
    assert [row.gone for row in oneroster.classes(there, faults.append)][:2] == [False, True]
    ties = list(oneroster.enrollments(there, faults.append))
    assert (ties[0].begin, ties[0].end) == ("2022-03-15", "2022-06-15")
    assert faults == []


@real
def test_a_real_minimal_bundle_of_1_1(tmp_path: Path) -> None:
    data = (REAL / "oneroster_bundles" / "Test_minimal_data_set.zip").read_bytes()
    there, faults = unpacked(tmp_path, data), []
    users = list(oneroster.users(there, faults.append))
    assert {user.role for user in users} >= {"teacher", "student", "parent"}
    assert [org.type for org in oneroster.orgs(there, faults.append)] == ["department"]
    assert faults == []


@real
def test_real_loose_files_with_a_vendors_columns() -> None:
    there, faults = REAL / "oneroster_1p1_csv", []
    assert oneroster.manifest_of(there).version == "1.1"
    assert [org.parent for org in oneroster.orgs(there, faults.append)] == ["54321", ""]
    assert len(list(oneroster.users(there, faults.append))) == 2
    assert list(oneroster.terms(there, faults.append)) == []
    assert faults == []


USERS = "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName\r\n"


def test_each_fault_is_named_by_line_and_column(tmp_path: Path) -> None:
    rows = (
        "u1,,true,o1,student,,小明,王\r\n"
        ",,true,o1,student,,小红,李\r\n"
        "1.23E+11,,true,o1,student,,小刚,张\r\n"
        "u4,lost,true,o1,student,,四,赵\r\n"
        "u5,,true,o1,pupil,,五,赵\r\n"
        "u6,,true,o1,student,,,\r\n"
        "u7,,true\r\n"
        "u8,,true,o1,student,,八,赵,extra\r\n"
    )
    faults: list[Fault] = []
    there = folder(tmp_path, users=USERS + rows)
    good = list(oneroster.users(there, faults.append))
    assert [user.source for user in good] == ["u1"]
    assert [(f.line, f.column, f.code) for f in faults] == [
        (3, "sourcedId", "no-id"), (4, "sourcedId", "rounded"), (5, "status", "status"),
        (6, "role", "unknown-value"), (7, "familyName", "no-name"), (8, "", "cells"),
        (9, "", "cells"),
    ]  # fmt: skip


def test_who_may_not_sign_in_or_is_to_be_deleted_is_gone(tmp_path: Path) -> None:
    rows = (
        "a,,false,o,student,,一,王\r\n"
        "b,tobedeleted,true,o,student,,二,王\r\n"
        "c,active,TRUE,o,student,,三,王\r\n"
    )
    there = folder(tmp_path, users=USERS + rows)
    assert [u.gone for u in oneroster.users(there, [].append)] == [True, True, False]


def test_names_as_their_people_say_them(tmp_path: Path) -> None:
    rows = "a,,,o,student,,小明,王\r\nb,,,o,student,,Mary,Jones\r\n"
    there = folder(tmp_path, users=USERS + rows)
    assert [u.name for u in oneroster.users(there, [].append)] == ["王小明", "Mary Jones"]


def refusal(there: Path) -> BundleRefused:
    with pytest.raises(BundleRefused) as told:
        list(oneroster.users(there, [].append, version=oneroster.manifest_of(there).version))
    return told.value


def test_a_bundle_that_cannot_be_read_says_which_file_and_line(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "no-files"
    there = folder(tmp_path, users="sourcedId,status\r\nu1,\r\n")
    told = refusal(there)
    assert (told.code, told.file, told.value) == ("no-column", "users", "givenName")
    folder(tmp_path, users="")
    assert refusal(there).code == "empty"
    folder(tmp_path, users=USERS, manifest="propertyName,value\r\noneroster.version,1.0\r\n")
    assert refusal(there).code == "version"
    folder(tmp_path, manifest="propertyName,value\r\nfile.orgs,bulk\r\n")
    assert (refusal(there).code, refusal(there).file) == ("no-file", "orgs")
    folder(tmp_path, manifest="propertyName,value\r\nfile.users,some\r\n")
    assert refusal(there).code == "bad-mode"


def test_two_encodings_in_one_file_refuse_the_bundle(tmp_path: Path) -> None:
    data = (USERS + "u1,,,o,student,,小明明,王\r\n").encode("gbk")
    (tmp_path / "users.csv").write_bytes(data + "u2,,,o,student,,四光,李\r\n".encode())
    told = refusal(tmp_path)
    assert (told.code, told.file) == ("mixed", "users")
    assert "李" in told.value


def test_entries_are_known_by_name_wherever_they_lie() -> None:
    assert oneroster.file_of("bundle/Users.CSV") == "users"
    assert oneroster.file_of("a\\academicsessions.csv") == "academicSessions"
    assert oneroster.file_of("readme.txt") == ""
    assert oneroster.file_of("demographics.csv") in oneroster.LEFT


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_is_written_reads_back(tmp_path: Path, version: str) -> None:
    user = {"sourcedId": "u1", "enabledUser": "true", "givenName": "1+1", "familyName": "="}
    user |= {"role": "student", "orgSourcedIds": "o1"} if version == "1.1" else {}
    parts = {
        "orgs": [{"sourcedId": "o1", "name": "=学校", "type": "school"}],
        "users": [user],
        "enrollments": [
            {"sourcedId": "e", "classSourcedId": "c", "userSourcedId": "u1", "role": "student",
             oneroster.SUBJECT_COLUMN: "maths"}
        ],
    }  # fmt: skip
    file = io.BytesIO()
    counts = oneroster.bundle_write(file, parts, version=version, mode="delta")
    assert counts["users"] == 1
    raw = zipfile.ZipFile(file).read("orgs.csv").decode()
    assert "'=学校" in raw
    there, faults = unpacked(tmp_path, file.getvalue()), []
    manifest = oneroster.manifest_of(there)
    assert (manifest.version, manifest.is_delta) == (version, True)
    assert next(oneroster.orgs(there, faults.append)).name == "=学校"
    assert next(oneroster.users(there, faults.append, version=version)).name == "1+1 ="
    assert next(oneroster.enrollments(there, faults.append)).subject == "maths"
    assert faults == []


def test_every_file_of_the_standard_is_in_the_manifest(tmp_path: Path) -> None:
    file = io.BytesIO()
    oneroster.bundle_write(file, {"users": []})
    text = zipfile.ZipFile(file).read("manifest.csv").decode()
    assert "file.users,bulk" in text
    assert "file.demographics,absent" in text
    assert "oneroster.version,1.2" in text


def test_a_file_that_a_version_does_not_know_is_refused() -> None:
    with pytest.raises(KeyError):
        oneroster.bundle_write(io.BytesIO(), {"roles": []}, version="1.1")
    with pytest.raises(KeyError):
        oneroster.bundle_write(io.BytesIO(), {"users": []}, version="2.0")
