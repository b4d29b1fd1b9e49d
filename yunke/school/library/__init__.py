"""The catalogue: grade → subject → unit → lesson, with everything a lesson is made of.

In: uploads (video, courseware, captions), units, knowledge points, questions. Kept: lessons and
their files, examined in a limited child process before anything else touches them. Out:
``LessonCard`` and ``LessonFull`` values, the search, and the state of publishing.

Words: a *point* is a knowledge point. A *lesson* is one entry of the catalogue and the one object
that carries plan, hour, homework and evaluation. An *asset* is a file of a lesson. A *rung* is one
size of its video. *Courseware* is a PDF or slides.
"""
