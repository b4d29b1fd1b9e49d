"""P-01: under a strict profile what it may not do is not there, and nobody alone can switch it on.

A house of its own for each profile: ready, every page opened by everybody, then what exists is
counted in that process. A model file that lies in the folder is watched: no part opens it.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from yunke.base.capability import CAPABILITIES
from yunke.checks.accept.table import Options
from yunke.checks.living.serving import ROOT

STRICT = ("eu", "strict")
WALK = "yunke.checks.living.profile_walk"


def p_01(_options: Options) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="yunke-profile-") as folder:
        found = {profile: under(Path(folder) / profile, profile) for profile in STRICT}
    passed = all(
        not any(f["exists"].values()) and f["pulse_page"] == 404 and f["refused_alone"]
        and not f["wrong"] and not f["model_opened"] and not f["inference_loaded"]
        for f in found.values()
    )  # fmt: skip
    return {"pass": passed, "figures": found}


def under(folder: Path, profile: str) -> dict[str, Any]:
    folder.mkdir()
    model = b"not for this profile"
    (folder / "models").mkdir()
    (folder / "models" / "emotion.onnx").write_bytes(model)
    registry = {"emotion.onnx": hashlib.sha256(model).hexdigest()}
    (folder / "models" / "registry.json").write_text(json.dumps(registry))
    ready = run(folder, profile, "yunke.site.ready")
    if ready.returncode:
        raise RuntimeError(ready.stderr[-500:])
    walk = run(folder, profile, "yunke.site.part", WALK)
    if walk.returncode:
        raise RuntimeError(walk.stderr[-500:])
    told = json.loads(walk.stdout.splitlines()[-1])
    looser = run(folder, "cn", "yunke.site.ready")
    return {
        "exists": told["wristband"], "pages": told["pages"], "wrong": told["wrong"],
        "pulse_page": told["pulse_page"], "model_opened": told["models_opened"],
        "inference_loaded": told["loaded"],
        "refused_alone": looser.returncode != 0 and "two named persons" in looser.stderr,
        "off": sorted(c.key for c in CAPABILITIES if c.under(profile) is None),
    }  # fmt: skip


def run(folder: Path, profile: str, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "YUNKE_DATA": str(folder), "YUNKE_PROFILE": profile}
    env["YUNKE_SECRET_KEY"] = "only-for-one-case-of-the-profiles-" * 2
    return subprocess.run(
        [sys.executable, "-m", *words], env=env, cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
