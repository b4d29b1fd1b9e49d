"""U-04 and U-09: photographs of pupils. No script runs, whatever was sent; every kind of phone
comes out upright, or is told at choosing time.
"""

import asyncio
import time
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Browser, Dialog, FilePayload

from yunke.checks.accept.table import Options
from yunke.checks.living.knocks import upload
from yunke.checks.living.load import Target
from yunke.checks.living.load import once as ask_once
from yunke.checks.living.school import cookie
from yunke.checks.living.serving import House, ask, serving
from yunke.checks.living.sheets import base, chromium, device, room, sheet
from yunke.craft.marking.items import HandwritingKey
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.attempts.tests import makers, pictures

PHONES = {
    "jpeg": lambda: pictures.rotated(1), "jpeg turned": lambda: pictures.rotated(8),
    "12 MP turned": pictures.twelve_megapixels, "heic": pictures.heic,
    "heic turned": lambda: pictures.heic(6), "heif sequence": pictures.heif_sequence,
    "heif film": pictures.heif_film, "webp": pictures.webp, "avif": pictures.avif,
    "png": pictures.png, "cmyk": pictures.cmyk, "40 MB scan": pictures.large_scan,
}  # fmt: skip
# What may be refused, with a word.
OPTIONAL = frozenset({"heif film", "40 MB scan"})
ENDINGS = {"heic": "IMG_1.HEIC", "webp": "a.webp", "cmyk": "scan.jpg", "jpeg turned": "b.jpg"}


def send(house: House, attempt: int, token: str, data: bytes, *, name: str = "p.jpg") -> Any:
    picture = SimpleUploadedFile(name, data, "")
    raw = upload(f"/attempts/{attempt}/photos", "photo", picture, cookie=cookie(token))
    return asyncio.run(ask_once(Target(house.port), raw, timeout=60))


def u_04(_options: Options) -> dict[str, Any]:
    made = room()
    with serving() as house:
        kept, refused, odd = {}, {}, []
        for name, make in pictures.PRETENDERS.items():
            answer = send(house, made.attempts[0], made.of.tokens[0], make())
            if answer.status == 200:
                kept[name] = Photo.objects.latest("id").file
            elif answer.status == 422 and answer.body:
                refused[name] = answer.status
            else:
                odd.append(f"{name}: {answer.status}")
        with chromium() as browser:
            ran = {name: scripts(browser, house, made, file) for name, file in kept.items()}
            headers = [served(house, made, file) for file in kept.values()]
        stranger = [ask(house.port, f"/media/{file}")[0] for file in kept.values()]
        other = [ask(house.port, f"/media/{file}", cookie=made.of.cookie(1))[0]
                 for file in kept.values()]  # fmt: skip
    figures = {
        "sent": len(pictures.PRETENDERS), "re_encoded": sorted(kept), "refused": sorted(refused),
        "odd": odd, "scripts_ran": [name for name, did in ran.items() if did],
        "headers_missing": sorted({one for found in headers for one in found}),
        "stranger": sorted(set(stranger)), "other_pupil": sorted(set(other)),
    }  # fmt: skip
    good = (
        kept and not odd and not figures["scripts_ran"] and not figures["headers_missing"]
        and set(stranger + other) == {404}
    )  # fmt: skip
    return {"pass": bool(good), "figures": figures}


def scripts(browser: Browser, house: House, made: Any, file: str) -> bool:
    """Did anything run when the picture was opened by itself?"""
    page = device(browser, house, made.of.tokens[0]).new_page()
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    answer = page.goto(f"{base(house)}/media/{file}")
    page.wait_for_timeout(200)
    robbed = "robbed" in page.title() or bool(dialogs)
    image = answer is not None and answer.headers.get("content-type") == "image/jpeg"
    page.context.close()
    return robbed or not image


def served(house: House, made: Any, file: str) -> list[str]:
    """Which of the walls are missing."""
    status, headers, body = ask(house.port, f"/media/{file}", cookie=made.of.cookie(0))
    wanted = {
        "x-content-type-options": "nosniff", "content-security-policy": "sandbox",
        "cache-control": "private", "content-type": "image/jpeg",
    }  # fmt: skip
    missing = [name for name, word in wanted.items() if word not in headers.get(name, "")]
    missing += ["status"] if status != 200 else []
    return missing + (["script inside"] if b"<script" in body or b"SECRET" in body else [])


def u_09(_options: Options) -> dict[str, Any]:
    made = room()
    wrong, took, told = [], {}, {}
    with serving() as house:
        for name, make in PHONES.items():
            data = make()
            began = time.monotonic()
            answer = send(house, made.attempts[0], made.of.tokens[0], data)
            took[name] = round(time.monotonic() - began, 2)
            if answer.status == 422 and name in OPTIONAL and answer.body:
                told[name] = answer.body.decode()
                continue
            file = house.data / "media" / Photo.objects.latest("id").file
            noise = name == "40 MB scan"  # which has no corner to look at
            right = answer.status == 200 and (noise or pictures.upright(file.read_bytes()))
            wrong += [] if right else [f"{name}: {answer.status}"]
        chosen = in_the_browser(house, made)
    figures = {
        "kinds": len(PHONES), "wrong": wrong, "refused_with_a_word": told, "seconds": took,
        "in_the_browser": chosen,
    }  # fmt: skip
    good = not wrong and all(chosen.values()) and max(took.values()) < 20
    return {"pass": good, "figures": figures}


def in_the_browser(house: House, made: Any) -> dict[str, bool]:
    """Chosen on the page: there within seconds, or a word beside the button at once."""
    question = makers.question(HandwritingKey(""))
    order = [question.id]
    Attempt.objects.filter(id=made.attempts[1]).update(order=order)
    found = {}
    with chromium() as browser:
        at = sheet(device(browser, house, made.of.tokens[1]), house, made, 1)
        chooser = at.page.locator("input[data-files]")
        for name, file in ENDINGS.items():
            before = at.page.locator("[data-photo]").count()
            chooser.set_input_files(FilePayload(name=file, mimeType="", buffer=PHONES[name]()))
            at.page.wait_for_function(
                "n => document.querySelectorAll('[data-photo] img').length > n",
                arg=before,
                timeout=20_000,
            )
            found[name] = True
        bad = FilePayload(name="x.svg", mimeType="image/svg+xml", buffer=pictures.svg())
        chooser.set_input_files(bad)
        at.page.wait_for_selector(".photo-why:not([hidden])", timeout=20_000)
        found["told what cannot be read"] = "读不了" in at.page.locator(".photo-why").inner_text()
        at.page.wait_for_timeout(2500)
        kept = made.stored(1).get(question.id) or []
        found["answer holds them"] = len(kept) == len(ENDINGS)
    return found
