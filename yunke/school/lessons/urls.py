from django.urls import path

from yunke.school.lessons.views import along, child, classes, lesson, packs, tasks

urlpatterns = [
    path("lesson/<int:lesson_id>", lesson.lesson_page, name="lesson"),
    path("lesson/<int:lesson_id>/notes", lesson.notes_page, name="notes"),
    path("lesson/<int:lesson_id>/notes.txt", lesson.notes_text, name="notes_text"),
    path("lesson/<int:lesson_id>/along", along.along_started, name="along_start"),
    path("along/<int:along_id>", along.along_page, name="along"),
    path("along/<int:along_id>/answers", along.along_answers, name="along_answers"),
    path("make/<int:lesson_id>/tasks", tasks.tasks_page, name="tasks"),
    path("make/<int:lesson_id>/tasks/<int:task_id>/move", tasks.task_moved, name="task_move"),
    path("make/<int:lesson_id>/tasks/<int:task_id>/remove", tasks.task_removed, name="task_remove"),
    path(
        "make/<int:lesson_id>/tasks/<int:task_id>/restore", tasks.task_restored, name="task_restore"
    ),
    path("packs", packs.packs_page, name="packs"),
    path("packs/<int:pack_id>/open", packs.pack_opened, name="pack_open"),
    path("child", child.child_page, name="child"),
    path("child/<int:child_id>", child.child_page, name="child_one"),
    path("class", classes.classes_page, name="classes"),
    path("class/<int:class_id>", classes.class_page, name="class"),
    path("class/<int:class_id>/packs/new", packs.pack_new, name="pack_new"),
    path("class/<int:class_id>/lesson/<int:lesson_id>", classes.class_lesson, name="class_lesson"),
]
