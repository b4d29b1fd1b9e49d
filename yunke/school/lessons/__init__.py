"""A taught hour: watching, notes, tasks at a moment, watching together, packs for after class.

In: what the player and the teacher do. Kept: how far everyone watched, notes pinned to a second,
answers to in-class tasks, presence, watch-alongs, packs. Out: the player's page, a guardian's view
of a child, a teacher's view of a class.

Words: a *watch* is one person's progress in one lesson. A *note* is pinned to a second. A *task* is
a question at a moment of the video. *Presence* is a person's ticks of a day. An *along* is a
watch-along of a class with its teacher. A *pack* is what a class gets after class.
"""
