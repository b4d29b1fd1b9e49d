"""Codes that people type: no letter that looks like another."""

import secrets

# No 0 O 1 I L, and no U, so that no code reads as a word.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CLASS_CODE_LONG = 6
INVITATION_LONG = 8
PAIRING_LONG = 6


def code_new(length: int) -> str:
    """A random code; 30 letters, so six of them are one of 729 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def code_read(typed: str) -> str:
    """What was meant: capitals, without the spaces and dashes that people put in."""
    wide = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
    return "".join(c for c in typed.translate(wide).upper() if c in ALPHABET)[:20]


def password_new() -> str:
    """A one-time password that can be read out: eight letters in two groups."""
    return f"{code_new(4)}-{code_new(4)}".lower()
