"""``./run test [--engine pg]``: every test, on both cores, with the closing line of pytest."""

import argparse
import os
import subprocess
import sys
import tempfile

from yunke.checks.living.engines import engines


def main(words: list[str]) -> int:
    """``--engine pg`` starts PostgreSQL, Valkey and S3 beside the tests and stops them after."""
    parser = argparse.ArgumentParser(prog="./run test", add_help=False, allow_abbrev=False)
    parser.add_argument("--engine", choices=("sqlite", "pg"), default="sqlite")
    told, rest = parser.parse_known_args(words)
    with (
        tempfile.TemporaryDirectory(prefix="yunke-test-") as folder,
        engines(told.engine, durable=False) as more,
    ):
        # The tests have a data folder of their own: a living school in var/ is never touched.
        env = {**os.environ, **more, "YUNKE_DATA": folder}
        env["DJANGO_SETTINGS_MODULE"] = "yunke.site.settings"
        python = [sys.executable, "-m"]
        steps = [[*python, "yunke.site.ready"], [*python, "pytest", *(rest or ["-n", "2"])]]
        for step in steps:
            quiet = subprocess.DEVNULL if step[-1] == "yunke.site.ready" else None
            code = subprocess.run(step, env=env, stdout=quiet, check=False).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
