"""A-18 and A-22: who looked is complete, and nobody pulls a school page by page alone."""

from time import perf_counter
from typing import Any

from yunke.checks.accept.table import Options
from yunke.ground.audit.door import Act
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import signed_in
from yunke.ground.people.values import Role


def a_18(options: Options) -> dict[str, Any]:
    """Thirty scripted accesses to a child's record, through the pages; the guardian finds all."""
    cast = makers.cast(pupils_in_class=4)
    child, one = cast.pupil, cast.one.id
    visits = [
        (cast.head, f"/class/{one}"), (cast.teacher, f"/class/{one}"),
        (cast.head, f"/class/{one}/cards"), (cast.head, f"/class/{one}/pictures"),
        (cast.head, f"/class/{one}/guardians"), (cast.admin, f"/people/class/{one}"),
        (cast.admin, f"/people/person/{child.id}"), (cast.admin, "/people?q=%E5%AD%A6&kind="),
        (cast.guardian, f"/child/{child.id}"), (cast.guardian, f"/child/{child.id}/plan"),
    ]  # fmt: skip
    done = refused = 0
    for _round in range(3):
        for reader, path in visits:
            status = signed_in(reader).get(path).status_code
            done += status == 200
            refused += status != 200
    strangers = [
        signed_in(who).get(f"/people/person/{child.id}").status_code
        for who in (cast.far_admin, cast.far_teacher, cast.far_guardian)
    ]
    page = signed_in(cast.guardian).get(f"/looked/{child.id}").content.decode()
    told = page.count("<time")
    names = all(reader.name in page for reader in (cast.head, cast.teacher, cast.admin))
    other = signed_in(cast.far_guardian).get(f"/looked/{child.id}").status_code
    figures = {
        "accesses": done, "told": told, "refused": refused, "strangers": strangers,
        "names_and_roles": names and "学校管理员" in page, "other_guardian": other,
    }  # fmt: skip
    passed = done == told == 30 and names and other == 404 and set(strangers) == {404}
    return {"pass": passed, "figures": figures}


def a_22(options: Options) -> dict[str, Any]:
    """A script reads a school page by page as its administrator: stopped, told, let on by two."""
    cast = makers.cast(pupils_in_class=1)
    classes = [makers.school_class(cast.school, grade=2) for _ in range(10)]
    for of in classes:
        makers.pupils(of, 45)
    client = signed_in(cast.admin)
    read = stopped = 0
    start = perf_counter()
    for of in classes:
        status = client.get(f"/people/class/{of.id}").status_code
        read += 45 * (status == 200)
        stopped += status == 429
    alert = Entry.objects.filter(act=Act.BULK_STOPPED, actor_id=cast.admin.id).first()
    seen = 'role="alert"' in signed_in(cast.city_staff).get("/looked/school").content.decode()
    within = perf_counter() - start
    form = {"pupils": "400", "reason": "核对学籍", **makers.once()}
    asked = client.post("/second/pupils", form)
    own = client.post(f"{asked['Location']}/decide", {"decision": "given", **makers.once()})
    signed_in(cast.city_staff).post(
        f"{asked['Location']}/decide", {"decision": "given", **makers.once()}
    )
    on = client.get(f"/people/class/{classes[5].id}").status_code
    hurried = signed_in(makers.staff(cast.school, Role.SCHOOL_ADMIN))
    pages = [hurried.get(f"/people/class/{classes[0].id}").status_code for _ in range(32)]
    figures = {
        "pupils_read_alone": read, "pages_stopped": stopped, "alert_written": alert is not None,
        "alert_seen_by_the_city": seen, "seconds_to_the_alert": round(within, 2),
        "own_consent_refused": own.status_code == 422, "after_the_second_person": on,
        "pages_a_minute": pages.count(200),
    }  # fmt: skip
    passed = (
        read <= 200 and stopped >= 5 and seen and within <= 60 and alert is not None
        and own.status_code == 422 and on == 200 and pages.count(200) <= 30
    )  # fmt: skip
    return {"pass": passed, "figures": figures}
