"""Templates stay at home: they extend or include only the site's or their own room's."""

import re

from yunke.checks.house.tree import shown, tracked

NAMED = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
INLINE = re.compile(
    r"<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|\son[a-z]+=[\"']"
)


def faults() -> list[str]:
    found = []
    for path in tracked(".html", "yunke"):
        room = path.parts[len(path.parts) - path.parts[::-1].index("templates")]
        text = path.read_text()
        found += [
            f"{shown(path)}: uses {name} of another room"
            for name in NAMED.findall(text)
            if name.split("/")[0] not in {"site", room}
        ]
        found += [
            f"{shown(path)}: {match.group().strip()} would be refused by the content policy"
            for match in INLINE.finditer(text)
        ]
    return found
