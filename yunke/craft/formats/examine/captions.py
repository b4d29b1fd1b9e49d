"""Are they captions: can every cue be read, does none stand in another's time?"""

from pathlib import Path

import webvtt

from yunke.craft.formats.examine.verdict import Verdict
from yunke.craft.formats.sniff import Found, sniff
from yunke.craft.formats.webvtt import as_webvtt, captions_of, decoded

LARGEST = 4 << 20


def examine_captions(path: Path, out: Path | None) -> Verdict:
    """Look at ``path``; write the clean ``captions.vtt`` into ``out``."""
    if path.stat().st_size > LARGEST:
        return Verdict("large-captions")
    data = path.read_bytes()
    found = sniff(data[:1024])
    if found == Found.EMPTY:
        return Verdict("empty", found)
    text = decoded(data) if found in {Found.VTT, Found.TEXT} else None
    if text is None or "\0" in text:
        return Verdict("not-captions", found)
    cues, faults = captions_of(text)
    if faults:
        first = faults[0]
        reason = "not-captions" if first.code == "empty" else first.code
        return Verdict(reason, found, line=first.line, other=first.other)
    clean = as_webvtt(cues)
    if len(webvtt.from_string(clean)) != len(cues):
        return Verdict("times", found, line=cues[0].line)
    if out:
        (out / "captions.vtt").write_text(clean, encoding="utf-8")
    return Verdict(found="vtt", seconds=cues[-1].end)
