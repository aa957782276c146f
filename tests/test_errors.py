from fenmen.errors import FenmenError


def test_an_error_reads_as_code_place_fault_and_cure():
    error = FenmenError(
        "E_COLUMN", where="day.csv", what='needs a column "text"', fix="pass --text-column 正文"
    )
    assert str(error) == 'E_COLUMN day.csv: needs a column "text"; pass --text-column 正文'
