"""``python -m yunke.checks.access [fields]``: what the tables lack, as observed, to be read."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from yunke.checks.living.serving import ROOT, fresh_data


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="yunke-access-") as folder:
        env = {**os.environ, "YUNKE_DATA": str(fresh_data(Path(folder) / "data"))}
        command = [sys.executable, "-m", "yunke.site.part", "yunke.checks.access.propose"]
        command += sys.argv[1:]
        return subprocess.run(command, env=env, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
