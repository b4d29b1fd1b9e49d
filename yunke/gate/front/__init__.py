"""What every device asks all day, in plain ASGI: today, presence, progress, media, push.

Beside the pages, on the same address (docs/decisions/0002). Django is set up for its tables and
rules, but no request passes through Django's handler.
"""
