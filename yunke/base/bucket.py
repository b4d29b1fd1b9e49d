"""Finished media in an S3 bucket: put there by a job, fetched by Caddy under a signed address.

Without ``YUNKE_S3`` there is no bucket and files lie under ``MEDIA_ROOT`` as ever.
"""

import importlib
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from yunke.base.place import own_name

FRESH = 300  # seconds that a signed address is good for: one file, one reader, fetched at once
PATIENCE = 5
KINDS = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/mp4",
    ".ts": "video/mp2t",
    ".vtt": "text/vtt; charset=utf-8",
}


class Bucket:
    """One bucket at one endpoint, with its keys."""

    def __init__(self, address: str, key: str, secret: str, own: str) -> None:
        parts = urlsplit(address)
        self.endpoint = f"{parts.scheme}://{parts.netloc}"
        self.name = parts.path.strip("/").replace("{data}", own.replace("_", "-"))
        config = importlib.import_module("botocore.config").Config(
            signature_version="s3v4", s3={"addressing_style": "path"},
            connect_timeout=PATIENCE, read_timeout=60, retries={"max_attempts": 3},
        )  # fmt: skip
        self.client: Any = importlib.import_module("boto3").client(
            "s3", endpoint_url=self.endpoint, aws_access_key_id=key, aws_secret_access_key=secret,
            region_name="us-east-1", config=config,
        )  # fmt: skip

    def put(self, path: str, file: Path) -> None:
        """Keep the file under the path it has below ``MEDIA_ROOT``. Raises botocore's errors."""
        more = {"ContentType": kind_of(path)}
        self.client.upload_file(str(file), self.name, path, ExtraArgs=more)

    def size(self, path: str) -> int:
        """Bytes that the bucket holds under the path; -1 when it holds nothing."""
        try:
            return int(self.client.head_object(Bucket=self.name, Key=path)["ContentLength"])
        except self.client.exceptions.ClientError:
            return -1

    def signed(self, path: str) -> str:
        """Path and query by which anybody gets this one file for ``FRESH`` seconds. No round
        trip."""
        asked = {"Bucket": self.name, "Key": path}
        found = self.client.generate_presigned_url("get_object", Params=asked, ExpiresIn=FRESH)
        parts = urlsplit(found)
        return f"{parts.path}?{parts.query}"


def kind_of(path: str) -> str:
    ending = Path(path).suffix
    return KINDS.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def bucket() -> Bucket | None:
    """The site's bucket; None when media are local files."""
    return _bucket(settings.S3, settings.S3_KEY, settings.S3_SECRET) if settings.S3 else None


@cache
def _bucket(address: str, key: str, secret: str) -> Bucket:
    return Bucket(address, key, secret, own_name(settings.DATA))


def trouble_with(given: Any) -> str:
    """What is wrong with the bucket of these settings; it is made when it is not there."""
    try:
        found = Bucket(given.S3, given.S3_KEY, given.S3_SECRET, own_name(given.DATA))
        names = [one["Name"] for one in found.client.list_buckets()["Buckets"]]
        if found.name not in names:
            found.client.create_bucket(Bucket=found.name)
    except Exception as trouble:  # boto's errors have no common parent but this
        return f"YUNKE_S3 cannot be used ({type(trouble).__name__}: {trouble})"[:300]
    return ""
