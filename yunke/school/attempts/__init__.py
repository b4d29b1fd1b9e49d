"""One person's answers to one set of questions, however often saved, handed in once.

Homework, exams and drills set the questions and say until when; this room keeps the answers, takes
what arrives late or twice, and marks. In: saves and submissions (``gate/front``), marks of people.
Out: what is stored, every mark ever given, and what the rooms above make of it.

``attempt`` one person's go at one thing; ``reply`` the answer to one question of it; ``stray`` an
answer that came too late to count by itself; ``mark`` what a reply is worth, one after the other.
"""
