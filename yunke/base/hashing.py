"""Argon2id at 19 MiB, two passes, one lane (OWASP): 30 checks a second and core, not 3."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id19(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
