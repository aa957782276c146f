"""How much of anything one file may hold; more of it is an attack or a mistake."""

from fenmen.errors import FenmenError

FILE_BYTES = 200 * 2**20
PAGES = 2_000
CHARACTERS_ON_A_PAGE = 200_000
CHARACTERS = 20_000_000  # in all the text taken from one file
UNPACKED_BYTES = 300 * 2**20
UNPACKED_PART = 100 * 2**20
UNPACKED_RATIO = 200  # Office files reach 30, bombs begin at 1,000
PARTS = 10_000  # files within a zip
ROWS = 200_000
CELLS = 10_000_000  # in the rectangle around all cells of a worksheet
CELL_CHARACTERS = 1_000_000
MEMORY = 2**30
SECONDS = 25.0


def too_much(where: str, what: str) -> FenmenError:
    """The error for a file that goes beyond a limit."""
    return FenmenError("E_LIMIT", where=where, what=what, fix="give it in smaller files")
