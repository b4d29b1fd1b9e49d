"""Yunke 云课, a city's cloud classroom.

The story, from the ground up: ``craft`` decides on plain values; ``base`` is the plumbing;
``ground`` knows people and keeps what happened; ``school`` is the pupil's and the teacher's day;
``insight`` is what the school learns from it;
``gate`` is how devices come in; ``site`` puts it on one address; ``demo`` fills a city;
``checks`` holds the house to its plan.
"""
