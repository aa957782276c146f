"""Killed at any moment, gone on: the same bytes. `make kill-test`: fifty runs of 20,000 rows."""

import subprocess
import sys


def test_ten_runs_killed_at_random_lose_and_double_nothing(bundle_folder, root):
    command = [sys.executable, "-m", "experiments.throughput.kill_test"]
    options = ["--runs", "10", "--rows", "5000", "--model", str(bundle_folder)]
    done = subprocess.run([*command, *options], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 runs of 5,000 rows" in done.stdout
    assert "0 outputs differ" in done.stdout
