"""A process of the house that needs Django's tables: set up first, then the module named.

``python -m yunke.site.part yunke.site.worker``: its models may only be imported after the set-up.
"""

import importlib
import os
import sys

import django


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    django.setup()
    return int(importlib.import_module(words[0]).main(words[1:]) or 0)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Without the interpreter's farewell: libraries that were loaded would only list what they keep.
    os._exit(code)
