"""Django's own commands, for the few times that a developer needs one."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
    execute_from_command_line(sys.argv)
