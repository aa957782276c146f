"""Compiles all loops, so that the first long run need not: python -m fenmen.model.loops."""

import fenmen.model.loops.segmenting
import fenmen.model.loops.space  # noqa: F401  # what they import is compiled by that
