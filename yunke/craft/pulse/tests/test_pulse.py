"""Real files of real devices, broken ones, and curves with known gaps and known artefacts."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from yunke.craft.pulse import NoPulse, Reason, Sample, series_of
from yunke.craft.pulse.fit import read_fit

FILES = Path(__file__).parent / "files"


def run(seconds: int, bpm: int = 90, *, start: float = 1.7e9) -> list[Sample]:
    return [Sample(start + at, bpm) for at in range(seconds)]


@pytest.mark.parametrize(
    ("name", "samples", "low", "high"),
    [("2013-02-06-12-11-14.fit", 590, 60, 180), ("antfs-dump.63.fit", 685, 60, 200),
     ("sample-activity-indoor-trainer.fit", 2263, 60, 200)],
)  # fmt: skip
def test_a_real_file_gives_its_readings(name, samples, low, high) -> None:
    found = read_fit(FILES / name)
    assert found.samples == samples
    assert all(low <= bpm <= high for _, bpm in found.points)
    assert 0 <= found.artefacts < 0.05
    assert found.points[-1][0] <= found.seconds


def test_the_device_and_the_start_come_from_the_file() -> None:
    found = read_fit(FILES / "2013-02-06-12-11-14.fit")
    assert found.device == "garmin fr110"
    assert found.started == pytest.approx(1360152674, abs=1)


def test_a_device_without_a_clock_has_no_start() -> None:
    assert read_fit(FILES / "antfs-dump.63.fit").started == 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Settings2.fit", Reason.NO_HEART),
        ("Activity.fit", Reason.NO_HEART),
        ("activity-filecrc.fit", Reason.BROKEN),
        ("activity-unexpected-eof.fit", Reason.BROKEN),
        ("activity-settings-corruptheader.fit", Reason.BROKEN),
        ("LICENSE.txt", Reason.NOT_FIT),
    ],
)
def test_a_file_without_a_pulse_says_why(name, reason) -> None:
    with pytest.raises(NoPulse) as none:
        read_fit(FILES / name)
    assert none.value.reason == reason


@pytest.mark.parametrize("seed", range(60))
def test_a_file_that_was_damaged_on_the_way_never_breaks_the_reader(seed, tmp_path) -> None:
    chance = random.Random(seed)
    data = bytearray((FILES / "garmin-fenix-5-walk.fit").read_bytes())
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    damaged = tmp_path / "damaged.fit"
    damaged.write_bytes(bytes(data[: chance.randrange(len(data))]))
    with pytest.raises(NoPulse):
        read_fit(damaged)


@pytest.mark.parametrize("data", [b"", b"\0", b"\x0e\x10", b".FIT" * 100])
def test_nonsense_is_no_fit_file(data, tmp_path) -> None:
    (tmp_path / "x.fit").write_bytes(data)
    with pytest.raises(NoPulse):
        read_fit(tmp_path / "x.fit")


def test_ten_seconds_are_one_point() -> None:
    found = series_of(run(600, 80))
    assert len(found.points) == 60
    assert set(found.points) == {(at, 80) for at in range(0, 600, 10)}
    assert found.gaps == ()
    assert found.artefacts == 0


def test_a_stretch_without_readings_is_a_gap_and_not_a_line() -> None:
    found = series_of([*run(120), *run(120, start=1.7e9 + 300)])
    assert found.gaps == ((119, 300),)
    assert not any(119 < at < 300 for at, _ in found.points)


@pytest.mark.parametrize("bpm", [0, 20, 221, 250])
def test_what_no_heart_does_is_left_out_and_counted(bpm) -> None:
    samples = run(200, 90)
    for at in range(50, 60):
        samples[at] = Sample(samples[at].at, bpm)
    found = series_of(samples)
    assert found.artefacts == 0.05
    assert {value for _, value in found.points} == {90}


def test_a_single_jump_is_left_out_and_a_real_rise_is_kept() -> None:
    spike = run(120, 80)
    spike[60] = Sample(spike[60].at, 140)
    assert series_of(spike).artefacts == pytest.approx(1 / 120, abs=1e-4)
    rise = [Sample(1.7e9 + at, 80 + at // 2) for at in range(120)]
    assert series_of(rise).artefacts == 0


@pytest.mark.parametrize(
    ("samples", "reason"),
    [([], Reason.NO_HEART), (run(59), Reason.TOO_SHORT), (run(100, 0), Reason.TOO_SHORT),
     ([*run(10), *run(10, start=1.7e9 + 90_000)], Reason.TOO_LONG)],
)  # fmt: skip
def test_what_is_no_curve_is_refused(samples, reason) -> None:
    with pytest.raises(NoPulse) as none:
        series_of(samples)
    assert none.value.reason == reason


def test_readings_out_of_order_are_put_in_order() -> None:
    mixed = run(300, 75)
    random.Random(1).shuffle(mixed)
    assert series_of(mixed) == series_of(run(300, 75))


@pytest.mark.parametrize("name", ["2013-02-06-12-11-14.fit", "Settings2.fit"])
def test_the_program_prints_one_line_of_json(name) -> None:
    command = [sys.executable, "-m", "yunke.craft.pulse", str(FILES / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert ("series" in told) != ("reason" in told)
