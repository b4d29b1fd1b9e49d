"""What the eye sees on OMRChecker's sample sheets (the upstream has no readings).

``-``: nothing marked. ``?``: two bubbles filled, which a person decides.
"""

import re
from pathlib import Path

SHARED = Path(__file__).resolve().parents[6] / "shared" / "data" / "answer_sheets" / "omrchecker"

_COLOURED = (
    "DDA-CCB-AC CDADACADBD DCDDDD-BAD DC-B-CD--A -ACCBCAAC- C-DBC-BCD- -CC-CABC-- --DDCDA--B "
    "-BDCC-D-DC DA-A--ACBA"
)
_XEROXED = (
    "CDACCCBACC BDBDCCBDBD CCCBDDDBAD DCABCADAAA DDBABCBACD CDABCACCCD BCCCCADADA DCCDCDAACB "
    "CDCABCBDAA CABDCDACBA"
)


def _run(letters: str, first: int = 1) -> dict[str, str | None]:
    plain = letters.replace(" ", "")
    return {f"q{first + n}": None if c == "-" else c for n, c in enumerate(plain)}


def _more(text: str) -> dict[str, str | None]:
    pairs = re.findall(r"(\S+)=(\S+)", text)
    return {name: None if mark == "-" else mark for name, mark in pairs}


EYES: dict[str, dict[str, str | None]] = {
    "sample1/MobileCamera/sheet1.jpg": {
        **_run("B-DB"),
        **_run("BDCDADBACCD", 10),
        **_more("Roll=E503110026 q5=6 q6=11 q7=20 q8=7 q9=16 q5_1=6 q5_2=- Medium=E"),
    },
    "sample2/AdrianSample/adrian_omr.png": _run("BEACB"),
    "sample2/AdrianSample/adrian_omr_2.png": _run("CEABB"),
    "sample3/colored-thick-sheet/rgb-100-gsm.jpg": _run(_COLOURED),
    "sample3/xeroxed-thin-sheet/grayscale-80-gsm.jpg": _run(_XEROXED),
    "sample4/IMG_20201116_143512.jpg": _run("BDCBDC?ACDC"),
    "sample4/IMG_20201116_150717658.jpg": _run("BDCBDC?ACDC"),
    "sample4/IMG_20201116_150750830.jpg": _run("A-DC?ADBCDD"),
    "sample5/ScanBatch1/camscanner-1.jpg": {
        **_run("DCACB"),
        **_run("BCAADCC?AAD-", 11),
        **_more("Roll=E204420102 q6=08 q7=52 q8=21 q9=85 q10=36"),
    },
    "sample5/ScanBatch2/camscanner-2.jpg": {
        **_run("CCBCC"),
        **_run("DADDDCCCCDBA", 11),
        **_more("Roll=E204420109 q6=01 q7=19 q8=10 q9=10 q10=18"),
    },
    "sample6/doc-scans/sample_roll_01.jpg": _more("Roll=A0188877Y stu=A check_1=- check_2=Y"),
    "sample6/doc-scans/sample_roll_02.jpg": _more("Roll=A0203959W stu=A check_1=- check_2=W"),
    "sample6/doc-scans/sample_roll_03.jpg": _more("Roll=A0204729A stu=A check_1=A check_2=-"),
}
