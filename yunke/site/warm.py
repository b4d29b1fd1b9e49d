"""What every page needs, read once before the first page is asked for: words, templates, icons.

Done in the nursery, so that no child who opens the first page of the morning waits for it.
Touches no database.
"""

import logging
from pathlib import Path

from django.template import TemplateSyntaxError, engines
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver
from django.utils import translation

from yunke.base.templatetags.yunke import lucide

log = logging.getLogger(__name__)
HOUSE = Path(__file__).resolve().parent.parent


def warm() -> None:
    """Compile all templates, load both languages, open the icons."""
    resolver = get_resolver()
    resolver.reverse_dict  # noqa: B018 - reading it fills it
    for language in ("zh-hans", "en"):
        with translation.override(language):
            translation.gettext("今天")
    for name in sorted(template_names()):
        try:
            engines["django"].get_template(name)
        except TemplateSyntaxError:
            log.exception("the template %s does not compile", name)
    lucide("house")


def template_names() -> set[str]:
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    return {
        str(file.relative_to(folder))
        for folder in folders
        if HOUSE in folder.parents
        for file in folder.rglob("*")
        if file.suffix in {".html", ".svg"}
    }
