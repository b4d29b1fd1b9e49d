"""Fills Kolibri's own database: a class of forty, eight lessons of five resources, with progress.

Run by the Python that Kolibri is installed in (``beside_kolibri.py``), never by ours.
"""

import sys
import uuid

from kolibri.utils.main import initialize

LESSONS, RESOURCES, PUPILS = 8, 5, 40
PASSWORD = "moon-river-42"


def main() -> None:
    initialize()
    # Kolibri's tables, and the Django inside its wheel, exist only now.
    from django.utils import timezone  # noqa: PLC0415
    from kolibri.core.auth.models import Classroom, Facility, FacilityUser  # noqa: PLC0415
    from kolibri.core.content.models import ChannelMetadata, ContentNode  # noqa: PLC0415
    from kolibri.core.lessons.models import Lesson, LessonAssignment  # noqa: PLC0415
    from kolibri.core.logger.models import ContentSummaryLog  # noqa: PLC0415

    facility = Facility.objects.get()
    admin = FacilityUser.objects.get(username="admin")
    room = Classroom.objects.create(name="3.1", parent=facility)
    channel = uuid.uuid4().hex
    node = {"channel_id": channel, "available": True}
    root = ContentNode.objects.create(
        id=uuid.uuid4().hex, content_id=uuid.uuid4().hex, kind="topic", title="Grade 3", **node
    )
    ChannelMetadata.objects.create(id=channel, name="Grade 3", root=root, min_schema_version="5")
    pupils = []
    for number in range(PUPILS):
        child = FacilityUser(username=f"pupil{number}", full_name="Pupil", facility=facility)
        child.set_password(PASSWORD)
        child.save()
        room.add_member(child)
        pupils.append(child)
    for number in range(LESSONS):
        resources = []
        for part in range(RESOURCES):
            made = ContentNode.objects.create(
                id=uuid.uuid4().hex, content_id=uuid.uuid4().hex, kind="video", parent=root,
                title=f"Lesson {number + 1}: watching and telling, part {part + 1}",
                description="What the lesson is about, in two sentences. " * 2,
                author="A teacher", license_name="CC BY", duration=600, **node,
            )  # fmt: skip
            ids = {"content_id": made.content_id, "channel_id": channel}
            resources.append({"contentnode_id": made.id, **ids})
            moment = timezone.now()
            for child in pupils:
                ContentSummaryLog.objects.create(
                    user=child, kind="video", progress=0.5, time_spent=60,
                    start_timestamp=moment, end_timestamp=moment, **ids,
                )  # fmt: skip
        lesson = Lesson.objects.create(
            title=f"Lesson {number + 1}", collection=room, created_by=admin, is_active=True,
            resources=resources,
        )  # fmt: skip
        LessonAssignment.objects.create(lesson=lesson, collection=room, assigned_by=admin)
    sys.stdout.write(f"facility {facility.id}\n")


if __name__ == "__main__":
    main()
