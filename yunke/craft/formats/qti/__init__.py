"""QTI 2.1, 2.2 and 3.0: packages of questions in and out; QTI 1.2 of cartridges in.

In: a zip of strangers. Out: ``Item`` values with every interaction's key, and by file and line
what was not understood. ``package.read_package``, ``pack.write_package``; ``marking`` turns items
into those that ``craft/marking`` marks, and back.
"""
