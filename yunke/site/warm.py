"""What every page needs, read once before the first page is asked for: addresses, words, templates.

Done in the nursery, so that no child who opens the first page of the morning waits for it.
Touches no database.
"""

import logging
from pathlib import Path

from django.template import TemplateSyntaxError, engines
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation

log = logging.getLogger(__name__)


def warm() -> int:
    """Compile all templates and load both languages; gives how many templates."""
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
    return len(names)


def template_names() -> set[str]:
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    ours = [folder for folder in folders if "yunke" in folder.parts]
    return {
        str(file.relative_to(folder))
        for folder in ours
        for file in folder.rglob("*")
        if file.suffix in {".html", ".svg"}
    }
