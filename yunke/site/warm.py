"""What every page needs, read once before the first page is asked for: words, templates, icons.

Done in the nursery, so that no child who opens the first page of the morning waits for it.
Touches no database.
"""

import logging
import re
from contextlib import nullcontext
from importlib import resources
from pathlib import Path
from unittest.mock import patch
from zipfile import ZipFile

from django.template import TemplateSyntaxError, engines
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation

from yunke.base.templatetags.yunke import lucide

log = logging.getLogger(__name__)
HOUSE = Path(__file__).resolve().parent.parent
QUOTED = re.compile(r"[\"']([a-z][a-z0-9-]{1,40})[\"']")


def warm() -> tuple[int, int]:
    """Compile all templates, load both languages, draw all icons; gives how many of each."""
    resolver = get_resolver()
    resolver.reverse_dict  # noqa: B018 - reading it fills it
    for language in ("zh-hans", "en"):
        with translation.override(language):
            translation.gettext("今天")
    names = sorted(template_names())
    for name in names:
        try:
            engines["django"].get_template(name)
        except TemplateSyntaxError:
            log.exception("the template %s does not compile", name)
    return len(names), draw_icons()


def template_names() -> set[str]:
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    return {
        str(file.relative_to(folder))
        for folder in folders
        if HOUSE in folder.parents
        for file in folder.rglob("*")
        if file.suffix in {".html", ".svg"}
    }


def draw_icons() -> int:
    """Draw every icon that our sources name.

    The icons' package opens its archive of thousands anew for each (40 ms); here it is opened once.
    """
    with (
        resources.files("lucide").joinpath("lucide.zip").open("rb") as data,
        ZipFile(data) as archive,
    ):
        there = {name.removesuffix(".svg") for name in archive.namelist()}
        wanted = sorted(icon_names() & there)
        with patch("lucide.ZipFile", lambda *_: nullcontext(archive)):
            for name in wanted:
                lucide(name)
    return len(wanted)


def icon_names() -> set[str]:
    """Every quoted word in our templates and values that could be an icon's name."""
    files = [
        *HOUSE.glob("**/templates/**/*.html"),
        *HOUSE.glob("*/*/*.py"),
        *HOUSE.glob("site/*.py"),
    ]
    return {word for file in files for word in QUOTED.findall(file.read_text())}
