"""Short answers: a label suggested with a confidence and reasons; a teacher confirms.

In: a question, a reference answer, pupils' answers, and those that a teacher has marked already.
Out: a label for each (correct, contradictory, incorrect), the chance that it is right, and the
words that it rests on. ``suggesting.suggest`` is what the rooms call; ``marker`` learns and
decides; CARD.md says how good it is and when it fails.
"""
