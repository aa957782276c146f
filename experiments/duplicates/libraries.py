"""rensa or datasketch? Time and memory of 128 permutations in 64 bands, sets of 700 hashes.

python -m experiments.duplicates.libraries rensa 100000       (or datasketch; not installed with us)
"""

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

SIZE, PERMUTATIONS, BANDS = 700, 128, 64


def with_rensa() -> tuple[Callable[[Any], Any], Any]:
    """How to sketch, and an empty index."""
    from rensa import RMinHash, RMinHashLSH

    def sketch(hashes: Any) -> Any:
        made = RMinHash(PERMUTATIONS, 1)
        made.update(hashes.view("V8").tolist())
        return made

    return sketch, RMinHashLSH(0.2, PERMUTATIONS, BANDS)


def with_datasketch() -> tuple[Callable[[Any], Any], Any]:
    """How to sketch, and an empty index."""
    from datasketch import MinHash, MinHashLSH

    empty = MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)

    def sketch(hashes: Any) -> Any:
        made = empty.copy()
        made.update_batch((hashes & np.uint64(0xFFFFFFFF)).tolist())
        return made

    return sketch, MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))


def main(name: str, count: int) -> None:
    """Sketch, query, insert; print what each cost."""
    sketch, index = {"rensa": with_rensa, "datasketch": with_datasketch}[name]()
    rng = np.random.default_rng(0)
    spent = np.zeros(3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for key in range(count):
        hashes = rng.integers(0, 2**63, SIZE, np.uint64)
        times = [time.process_time()]
        made = sketch(hashes)
        times.append(time.process_time())
        index.query(made)
        times.append(time.process_time())
        index.insert(key, made)
        times.append(time.process_time())
        spent += np.diff(times)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    per_set = " ".join(f"{1e6 * part / count:.0f}" for part in spent)
    print(f"{name}: sketch, query, insert {per_set} µs; {memory:.0f} MiB for {count:,}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
