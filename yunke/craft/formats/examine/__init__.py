"""Looking into a stranger's file: ``python -m yunke.craft.formats.examine KIND FILE [OUT]``.

Meant to run in a child process on a short leash (``yunke.base.limited``). Prints one JSON line, a
``Verdict``; writes pictures, and cleaned captions, into OUT.
"""
