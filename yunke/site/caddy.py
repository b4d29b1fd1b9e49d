"""The one address: what Caddy serves itself and what it hands to whom.

Files (static and media) never pass through Python: for media Caddy asks the front about every
request and range, and sends the file itself (docs/decisions/0002).
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

# A new connection is tried elsewhere, or again, for this long: a killed worker is not seen.
RETRY = "lb_try_duration 5s\n\t\t\tlb_try_interval 50ms"

# Every POST that hashes a password or pictures goes to the process that waits for hashing.
HASHING = (
    "/sign-in /sign-in/* /bind /account/password /class/*/pictures/print /people/person/*/password"
)


@dataclass(frozen=True)
class Layout:
    """Where everything lies: ``run`` is a short-lived folder for the sockets."""

    port: int
    data: Path
    run: Path
    page_workers: int

    def socket(self, part: str) -> Path:
        return self.run / f"{part}.sock"

    @property
    def pages(self) -> list[str]:
        return [f"pages-{number}" for number in range(self.page_workers)]


def caddyfile(layout: Layout, *, upload_bytes: int, bucket: str = "") -> str:
    """The Caddyfile of this house. ``upload_bytes`` bounds any request body; ``bucket`` is the
    endpoint from which media are sent that are not on this machine."""
    front = f"unix/{layout.socket('front')}"
    return f"""{{
	admin off
	auto_https off
	persist_config off
	storage file_system "{layout.data}/caddy"
	log {{
		output stderr
		level ERROR
	}}
	servers {{
		timeouts {{
			read_header 10s
			idle 2m
		}}
		max_header_size 32KB
	}}
}}
http://:{layout.port} {{
	bind 0.0.0.0
	header -Server
	header -Via
	request_body {{
		max_size {upload_bytes}
	}}
{static(layout)}
{media(layout, front, bucket)}
	handle /front/* {{
		reverse_proxy {front} {{
			{RETRY}
			flush_interval -1
			header_down -Server
		}}
	}}
{pages(layout)}
}}
"""


def static(layout: Layout) -> str:
    """Style sheets, scripts and pictures: the same for everybody, sent by Caddy."""
    return f"""	handle /static/* {{
		header {{
			Cache-Control "public, max-age=300"
			X-Content-Type-Options nosniff
		}}
		uri strip_prefix /static
		root "{layout.data}/static"
		encode zstd gzip
		file_server
	}}"""


def pages(layout: Layout) -> str:
    """All the rest: what hashes to the process that waits for hashing, else to the pages."""
    signin = f"unix/{layout.socket('signin')}"
    others = " ".join(f"unix/{layout.socket(part)}" for part in layout.pages)
    return f"""	@sign_in {{
		method POST
		path {HASHING}
	}}
	handle @sign_in {{
		reverse_proxy {signin} {{
			{RETRY}
			header_down -Server
		}}
	}}
	handle {{
		encode zstd gzip
		reverse_proxy {others} {{
			lb_policy least_conn
			{RETRY}
			fail_duration 1s
			header_down -Server
		}}
	}}"""


def away(endpoint: str) -> str:
    """What the front found in the bucket: fetched there under the address that it signed, with
    the reader's range and nothing else of the reader."""
    return f"""@away header X-Yunke-Bucket *
			handle @away {{
				rewrite * {{http.request.header.X-Yunke-Bucket}}
				reverse_proxy {endpoint} {{
					header_up Host {urlsplit(endpoint).netloc}
					header_up -X-Yunke-Bucket
					header_up -X-Forwarded-*
					header_up -Cookie
					header_up -Authorization
					header_down -Server
					header_down -Set-Cookie
					header_down -X-Amz-*
				}}
			}}"""


def media(layout: Layout, front: str, bucket: str = "") -> str:
    """Lesson files: asked for at the front each time, then sent by Caddy."""
    return f"""	handle /media/* {{
		route {{
			request_header -X-Yunke-Bucket
			forward_auth {front} {{
				uri /front/media-check
				copy_headers X-Yunke-Bucket
				{RETRY}
			}}
			header {{
				defer
				Cache-Control "private, max-age=0, must-revalidate"
				X-Content-Type-Options nosniff
				Content-Security-Policy "sandbox; default-src 'none'; style-src 'unsafe-inline'"
				Cross-Origin-Resource-Policy same-origin
				Referrer-Policy same-origin
			}}
			@playlist path *.m3u8
			header @playlist >Content-Type application/vnd.apple.mpegurl
			@segment path *.m4s *.mp4
			header @segment >Content-Type video/mp4
			@stream path *.ts
			header @stream >Content-Type video/mp2t
			@captions path *.vtt
			header @captions >Content-Type "text/vtt; charset=utf-8"
			@download path */download/*
			header @download >Content-Disposition attachment
			{away(bucket) if bucket else ""}
			uri strip_prefix /media
			root "{layout.data}/media"
			file_server
		}}
	}}"""
