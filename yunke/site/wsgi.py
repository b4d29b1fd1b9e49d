"""The pages, under WSGI: three to five times as fast as under ASGI (docs/decisions/0002)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yunke.site.settings")
application = get_wsgi_application()
