"""An archive is refused by its directory, before a byte of it is unpacked."""

import io
import zipfile

import pytest

from yunke.craft.formats.zips import ZipLimits, ZipRefused, zip_open


def archive(*entries: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as made:
        for name, data in entries:
            made.writestr(name, data)
    file.seek(0)
    return file


def refused(file: io.BytesIO, **limits: int) -> tuple[str, str]:
    with pytest.raises(ZipRefused) as told:
        zip_open(file, ZipLimits(**limits))
    return told.value.code, told.value.name


def test_an_honest_archive_opens() -> None:
    file = archive(("users.csv", b"a,b\r\n" * 1000), ("sub/", b""))
    with zip_open(file) as found:
        assert found.read("users.csv").startswith(b"a,b")


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/../../b.csv", "/etc/a.csv", "..\\a.csv", "C:/a.csv", "\\a.csv"]
)
def test_a_path_that_leads_outside(name: str) -> None:
    assert refused(archive((name, b"x"))) == ("zip-path", name)


def test_too_many_too_large_and_too_dense() -> None:
    assert refused(archive(*[(f"{n}", b"") for n in range(9)]), entries=8)[0] == "zip-many"
    assert refused(archive(("a", b"x" * 2000)), each=1000)[0] == "zip-large"
    assert refused(archive(("a", b"xy" * 600), ("b", b"zw" * 600)), whole=2000)[0] == "zip-large"
    assert refused(archive(("a.csv", b"0" * (8 << 20)))) == ("zip-bomb", "a.csv")


def test_the_same_name_twice_in_any_case() -> None:
    assert refused(archive(("a.csv", b"1"), ("A.CSV", b"2"))) == ("zip-twice", "A.CSV")


def test_an_archive_within_by_name_and_by_content() -> None:
    inner = archive(("a", b"b")).getvalue()
    assert refused(archive(("inner.zip", b"x")))[0] == "zip-nested"
    assert refused(archive(("users.csv", inner)))[0] == "zip-nested"
    assert refused(archive(("users.csv", b"\x1f\x8b\x08")))[0] == "zip-nested"


def test_a_way_of_packing_that_needs_memory_is_refused() -> None:
    assert refused(archive(("a", b"x" * 99), kind=zipfile.ZIP_LZMA)) == ("zip-method", "a")


def test_a_locked_entry_is_refused() -> None:
    data = bytearray(archive(("a", b"x")).getvalue())
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refused(io.BytesIO(bytes(data))) == ("zip-locked", "a")


@pytest.mark.parametrize("cut", [1, 10, 30, 60])
def test_a_cut_archive_is_broken(cut: int) -> None:
    whole = archive(("a.csv", b"hello" * 20)).getvalue()
    assert refused(io.BytesIO(whole[:-cut]))[0] == "zip-broken"


def test_what_is_no_archive_is_broken() -> None:
    assert refused(io.BytesIO(b"")) == ("zip-broken", "")
    assert refused(io.BytesIO(b"PK\x03\x04 and nothing"))[0] == "zip-broken"


def test_noise_in_an_archive_never_raises_anything_else() -> None:
    whole = bytearray(archive(("users.csv", b"hello,you\r\n" * 50), ("b.csv", b"x")).getvalue())
    for place in range(len(whole)):
        for value in (0, 0xFF, whole[place] ^ 0x55):
            noisy = bytearray(whole)
            noisy[place] = value
            try:
                zip_open(io.BytesIO(bytes(noisy))).close()
            except ZipRefused:
                continue
