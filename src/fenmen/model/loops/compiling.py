"""Plain functions over arrays made into machine code by numba.

What stands in this package is imported only for a long run: numba takes a fifth of a second and
66 MB. Every step has its like in array code, with the same results to the last bit.

Loops must not leave their arrays: nothing checks it at run time but NUMBA_BOUNDSCHECK=1.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import numba
from numba import types

Function = TypeVar("Function", bound=Callable[..., Any])


def _given(kind: Any) -> Any:
    """An array that is only read, so that arrays which may not be written fit too."""
    return types.Array(kind, 1, "C", readonly=True)


# Arrays that are read and arrays that are written; all numbers are signed.
BYTES, INTS, PLACES, DOUBLES, FLOATS = map(
    _given, (types.int8, types.int32, types.int64, types.float64, types.float32)
)
BYTES_OUT, INTS_OUT, PLACES_OUT, DOUBLES_OUT = (
    types.int8[::1], types.int32[::1], types.int64[::1], types.float64[::1]
)  # fmt: skip
NUMBER, DOUBLE, YES = types.int64, types.float64, types.boolean


@lru_cache(maxsize=1)
def _version() -> str:
    """Of all the files of this package."""
    version = 0
    for path in sorted(Path(__file__).parent.glob("*.py")):
        version = crc32(path.read_bytes(), version)
    return f"{version:08x}"


def loop(signature: Any) -> Callable[[Function], Function]:
    """Compile a function for these types, or load what was compiled before."""

    def compiled(function: Function) -> Function:
        # Loops are made of parts of other files, to whose changes numba's cache is blind.
        function.__qualname__ += f"_{_version()}"
        try:
            made: Function = numba.njit(signature, cache=True, nogil=True)(function)
        except RuntimeError:  # neither the package's folder nor the user's cache can be written
            made = numba.njit(signature, nogil=True)(function)
        return made

    return compiled


inlined: Callable[[Function], Function] = numba.njit(inline="always", nogil=True)
# A loop within a loop's work: alone it is compiled to better code than within a large function.
part: Callable[[Function], Function] = numba.njit(nogil=True)
