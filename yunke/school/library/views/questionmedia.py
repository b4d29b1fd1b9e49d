"""Pictures and sounds of questions, named by their content."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, page
from yunke.base.ranged import ranged
from yunke.school.library.rules.media import MEDIA_KINDS, NAME


@require_GET
@page("account.read")
def media(request: Asked, name: str) -> HttpResponse:
    """For everybody who is signed in: the name is the hash of the content and told to those only
    who were asked the question. Nothing in it can run."""
    path = Path(settings.MEDIA_ROOT) / "questions" / name
    if not re.fullmatch(NAME, name) or not path.is_file():
        raise Http404
    response: Any = ranged(request, path, MEDIA_KINDS[path.suffix])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    answer: HttpResponse = response
    return answer
