"""Keeping processes alive, and opening only when everything is right."""

import asyncio
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from yunke.site import startup
from yunke.site.caddy import Layout, caddyfile
from yunke.site.env import BadSetting
from yunke.site.serve import parts, refuse_taken
from yunke.site.startup import BadStart, checked_settings
from yunke.site.supervise import Part, Supervisor
from yunke.site.warm import icon_names, template_names, warm


def program(name: str, code: str, **more: Any) -> Part:
    return Part(name, (sys.executable, "-c", code), **more)


async def quiet() -> None: ...


def kept(supervisor: Supervisor, seconds: float) -> float:
    """Run the supervisor for a while; how long going down took."""

    async def work() -> float:
        running = asyncio.create_task(supervisor.run(quiet()))
        await asyncio.sleep(seconds)
        supervisor._ending.set()
        began = time.monotonic()
        await running
        return time.monotonic() - began

    return asyncio.run(work())


def test_a_part_that_dies_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    code = f"open({str(mark)!r}, 'a').write('x')"
    supervisor = Supervisor([program("brief", code)])
    kept(supervisor, 1.5)
    assert supervisor.starts["brief"] >= 2
    assert len(mark.read_text()) >= 2


def test_one_that_keeps_dying_waits_longer_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor([program("hopeless", "raise SystemExit(3)")])
    kept(supervisor, 2.0)
    assert 2 <= supervisor.starts["hopeless"] <= 7  # 0.1, 0.2, 0.4, 0.8 s and so on
    assert "hopeless ended with 3" in capsys.readouterr().err


def test_a_living_part_is_left_alone_and_goes_when_asked() -> None:
    supervisor = Supervisor([program("calm", "import time; time.sleep(60)")])
    assert kept(supervisor, 0.6) < 5
    assert supervisor.starts["calm"] == 1


def test_parts_leave_in_their_order(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = (
        "import signal, sys, time\n"
        f"def bye(*_): open({str(log)!r}, 'a').write('{{0}} '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, bye); time.sleep(60)"
    )
    found = [
        program("last", code.format("last"), leaves=1),
        program("first", code.format("first"), leaves=0),
    ]
    kept(Supervisor(found), 1.5)
    assert log.read_text().split() == ["first", "last"]


def test_what_a_dead_one_left_of_its_socket_does_not_block(tmp_path: Path) -> None:
    socket = tmp_path / "s.sock"
    socket.write_text("left")
    kept(Supervisor([program("p", "import time; time.sleep(9)", socket=socket)]), 0.4)
    assert not socket.exists()


def layout(tmp_path: Path) -> Layout:
    return Layout(8140, tmp_path, Path("/run/yk"), 3)


def test_every_part_has_a_socket_of_its_own_and_a_short_one(tmp_path: Path) -> None:
    found = parts(layout(tmp_path), hash_threads=2, hash_queue=50)
    names = [part.name for part in found]
    assert names == ["front", "pages-0", "pages-1", "pages-2", "signin", "worker", "caddy"]
    sockets = [str(part.socket) for part in found if part.socket]
    assert len(set(sockets)) == 5
    assert max(map(len, sockets)) < 100
    signin = found[4]
    assert (signin.nice, signin.words[1]) == (10, "54")


def test_caddy_sends_each_address_to_its_part(tmp_path: Path) -> None:
    text = caddyfile(layout(tmp_path), upload_bytes=1234)
    assert "unix//run/yk/pages-0.sock unix//run/yk/pages-1.sock unix//run/yk/pages-2.sock" in text
    assert "max_size 1234" in text
    for line in ("admin off", "auto_https off", "uri /front/media-check", "path /sign-in"):
        assert line in text
    assert text.count("{") == text.count("}")
    assert text.index("forward_auth") < text.index("file_server", text.index("forward_auth"))


def good(tmp_path: Path, **more: Any) -> Any:
    values = {
        "DEBUG": False, "DATA": tmp_path, "SECRET_KEY": "".join(map(chr, range(60, 110))),
        "ALLOWED_HOSTS": ["*"], "TIME_ZONE": "Asia/Shanghai", "UPLOAD_LIMIT": 1,
        "UPLOAD_QUOTA": 2, "STATIC_ROOT": tmp_path / "static",
    }  # fmt: skip
    return SimpleNamespace(**{**values, **more})


@pytest.mark.parametrize(
    ("check", "more", "word"),
    [
        ("_debug", {"DEBUG": True}, "YUNKE_DEBUG"),
        ("_key", {"SECRET_KEY": "a" * 60}, "YUNKE_SECRET_KEY"),
        ("_hosts", {"ALLOWED_HOSTS": ["a.example", "b/c"]}, "b/c"),
        ("_zone", {"TIME_ZONE": "Moon/Tycho"}, "YUNKE_ZONE"),
        ("_quota", {"UPLOAD_LIMIT": 3}, "YUNKE_UPLOAD_MB"),
        ("_static", {}, "base.css"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, check: str, more: dict[str, Any], word: str
) -> None:
    look = getattr(startup, check)
    assert word in look(good(tmp_path, **more))
    if check != "_static":
        assert look(good(tmp_path)) == ""


def test_folders_are_made_and_a_file_in_their_place_is_named(tmp_path: Path) -> None:
    assert startup._folders(good(tmp_path)) == ""
    assert (tmp_path / "media").is_dir()
    (tmp_path / "lake").rmdir()
    (tmp_path / "lake").write_text("")
    assert "lake" in startup._folders(good(tmp_path))


def test_a_key_that_others_can_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("x")
    (tmp_path / "secret.key").chmod(0o640)
    assert "chmod 600" in startup._key(good(tmp_path))


def test_a_model_of_another_hash_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    assert startup._models(good(tmp_path)) == ""
    (folder / "registry.json").write_text('{"a.onnx": "00"}')
    assert "a.onnx is missing" in startup._models(good(tmp_path))
    (folder / "a.onnx").write_bytes(b"x")
    assert "hash differs" in startup._models(good(tmp_path))
    (folder / "registry.json").write_text("{")
    assert "cannot be read" in startup._models(good(tmp_path))


def test_the_first_check_that_fails_is_the_line_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(startup, "CHECKS", (lambda s: "", lambda s: "one", lambda s: "two"))
    with pytest.raises(BadStart, match="one"):
        checked_settings()

    def bad(settings: Any) -> str:
        raise BadSetting("PORT is wrong")

    monkeypatch.setattr(startup, "CHECKS", (bad,))
    with pytest.raises(BadStart, match="PORT is wrong"):
        checked_settings()


def test_a_missing_caddy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("YUNKE_CADDY", str(tmp_path / "none"))
    with pytest.raises(BadStart, match="caddy"):
        startup.caddy_program()


def test_a_taken_port_is_named() -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(BadStart, match=str(port)):
            refuse_taken(port)


def test_all_templates_compile_and_all_icons_are_drawn() -> None:
    templates, icons = warm()
    assert templates == len(template_names()) > 20
    assert icons > 30
    assert {"sun", "calendar-days", "tv"} <= icon_names()
