"""What the page shell needs on every page: who, where they may go, the language switch."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from yunke.ground.people.door import holds
from yunke.site.corridor import corridor, folded
from yunke.site.profile import profile_line


def shell(request: HttpRequest) -> dict[str, Any]:
    who = getattr(request, "who", None)
    ways, more = folded(corridor(who, request.path))
    return {
        "who": who,
        "corridor": ways,
        "corridor_more": more,
        "corridor_more_here": any(way.here for way in more),
        "english": getattr(request, "LANGUAGE_CODE", "zh-hans") == "en",
        "demo": settings.DEMO,
        # What the account's menu leads to besides one's own; one name, so that no page's own words
        # are taken for it.
        "menu": {
            "decides": who is not None and holds(who, "second.decide"),
            "keeps": who is not None and holds(who, "data.keep"),
            "counts": who is not None and holds(who, "audit.count"),
        },
        "profile": profile_line(),
    }
