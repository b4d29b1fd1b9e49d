"""Kolibri from its wheel, beside us in the same run: its two home addresses on the same core.

Installed from the package index into an environment of its own under the data folder, provisioned
with its "formal" preset, filled by ``peer_kolibri.py``. Only loopback; nothing of it is kept.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from yunke.checks.bench.pinned import SERVER_CORE, Runner, Server
from yunke.checks.living.load import Target, request
from yunke.checks.living.serving import ROOT, free_port, get

VERSION = "0.19.5"
PATIENCE = 90.0
ADDRESSES = {
    "kolibri_learnerlesson": "/learn/api/learnerlesson/",
    "kolibri_homehydrate": "/learn/api/homehydrate/",
}


@dataclass
class Browser:
    """Keeps Kolibri's cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, method: str, path: str, value: object = None) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "Content-Type": "application/json"}
        headers["X-CSRFToken"] = self.cookies.get("kolibri_csrftoken", "")
        line.request(method, path, json.dumps(value) if value else None, headers)
        answer = line.getresponse()
        answer.read()
        for name, text in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = text.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status


@contextmanager
def kolibri_runners(data: Path) -> Iterator[dict[str, Runner]]:
    """Kolibri's two home addresses, asked by a signed-in pupil. Raises when it cannot be had."""
    folder = data / "peers" / "kolibri"
    python = folder / "bin" / "python"
    env = {**os.environ, "KOLIBRI_HOME": str(folder / "home")}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    facility = prepared(folder, python, env)
    port = free_port(8150)
    zip_port = free_port(port + 1, port + 30)
    start = [str(folder / "bin" / "kolibri"), "start", "--foreground"]
    ports = ["--port", str(port), "--zip-port", str(zip_port)]
    with (folder / "log").open("wb") as log:
        words = ["taskset", "-c", SERVER_CORE, *start, *ports]
        process = subprocess.Popen(words, env=env, stdout=log, stderr=log)
    try:
        browser = signed_in(port, facility)
        server = Server("kolibri", Target(port), process)
        yield {
            name: Runner(server, [request("GET", path, headers={"Cookie": browser.cookie})])
            for name, path in ADDRESSES.items()
        }
    finally:
        process.terminate()
        process.wait(30)


def prepared(folder: Path, python: Path, env: dict[str, str]) -> str:
    """Install, provision, fill; the facility's id. A minute and a half."""
    admin = ["--superusername", "admin", "--superuserpassword", "admin-pass-1"]
    provision = ["manage", "provisiondevice", "--facility", "Yunke", "--preset", "formal", *admin]
    steps = (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "-q", f"kolibri=={VERSION}"],
        [str(folder / "bin" / "kolibri"), *provision, "--language_id", "en", "--noinput"],
    )
    for step in steps:
        subprocess.run(step, env=env, check=True, capture_output=True, timeout=240)
    script = ROOT / "yunke" / "checks" / "bench" / "peer_kolibri.py"
    done = subprocess.run(
        [str(python), str(script)], env=env, cwd=folder, check=True, capture_output=True,
        timeout=120,
    )  # fmt: skip
    told = done.stdout.decode().splitlines()
    return next(line.split()[1] for line in told if line.startswith("facility "))


def signed_in(port: int, facility: str) -> Browser:
    until = time.monotonic() + PATIENCE
    while get(port, "/en/auth/")[0] != 200:
        if time.monotonic() > until:
            raise TimeoutError("Kolibri does not listen")
        time.sleep(0.5)
    browser = Browser(port)
    browser.send("GET", "/en/auth/")
    browser.send("GET", "/api/auth/session/current/")
    who = {"username": "pupil1", "password": "moon-river-42", "facility": facility}
    status = browser.send("POST", "/api/auth/session/", who)
    if status != 200:
        raise ConnectionError(f"Kolibri refuses the pupil: {status}")
    return browser
