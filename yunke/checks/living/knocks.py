"""The requests that measurements send, as a browser of our own pages would."""

import json
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from yunke.checks.living.load import request

CSRF = "a" * 32


def write(path: str, value: Any, *, cookie: str, key: str) -> bytes:
    """A write to the front."""
    headers = {
        "Cookie": cookie, "Content-Type": "application/json", "Origin": "http://localhost",
        "Idempotency-Key": key,
    }  # fmt: skip
    return request("POST", path, headers=headers, body=json.dumps(value).encode())


def form(path: str, values: dict[str, Any], *, cookie: str = "", key: str = "") -> bytes:
    """A form of a page."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, "once": key, **values}).encode()
    headers = {
        "Cookie": "; ".join(filter(None, [cookie, f"csrftoken={CSRF}"])),
        "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost",
    }  # fmt: skip
    return request("POST", path, headers=headers, body=body)


def upload(path: str, field: str, file: SimpleUploadedFile, *, cookie: str, **values: str) -> bytes:
    """A form with a file, as a page's script sends it."""
    headers = {
        "Cookie": f"{cookie}; csrftoken={CSRF}", "Origin": "http://localhost",
        "X-CSRFToken": CSRF, "Content-Type": MULTIPART_CONTENT,
    }  # fmt: skip
    body = encode_multipart(BOUNDARY, {**values, field: file})
    return request("POST", path, headers=headers, body=body)


def page(path: str, *, cookie: str = "") -> bytes:
    return request("GET", path, headers={"Cookie": cookie} if cookie else {})
