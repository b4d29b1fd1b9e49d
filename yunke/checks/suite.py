"""``./run test``: every test, on both cores, with the closing line that pytest prints."""

import os
import subprocess
import sys
import tempfile


def main(words: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="yunke-test-") as folder:
        # The tests have a data folder of their own: a living school in var/ is never touched.
        env = {**os.environ, "YUNKE_DATA": folder, "DJANGO_SETTINGS_MODULE": "yunke.site.settings"}
        python = [sys.executable, "-m"]
        steps = [[*python, "yunke.site.ready"], [*python, "pytest", *(words or ["-n", "2"])]]
        for step in steps:
            quiet = subprocess.DEVNULL if step[-1] == "yunke.site.ready" else None
            code = subprocess.run(step, env=env, stdout=quiet, check=False).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
