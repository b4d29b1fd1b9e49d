"""A sender of resumable uploads, as small as a test wants it."""

import base64
from typing import Any

from django.test import Client

CHUNK = "application/offset+octet-stream"


def begin(
    client: Client, lesson_id: int, name: str, size: int, *, kind: str = "video", **more: str
) -> Any:
    told = {"lesson": str(lesson_id), "kind": kind, "filename": name, "modified": "1", **more}
    pairs = [f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items()]
    return client.post(
        "/uploads",
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(size),
            "Upload-Metadata": ",".join(pairs),
        },
    )


def patch(client: Client, address: str, offset: int, content: bytes) -> Any:
    return client.patch(
        address,
        data=content,
        content_type=CHUNK,
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)},
    )


def head(client: Client, address: str) -> Any:
    return client.head(address, headers={"Tus-Resumable": "1.0.0"})


def send(
    client: Client, lesson_id: int, name: str, content: bytes, *, kind: str = "video", **more: str
) -> Any:
    """The whole file in one chunk; gives the last answer, with the address in ``.address``."""
    begun = begin(client, lesson_id, name, len(content), kind=kind, **more)
    if begun.status_code >= 400:
        begun.address = ""
        return begun
    address = begun["Location"]
    answer = patch(client, address, int(begun["Upload-Offset"]), content)
    answer.address = address
    return answer
