"""The steps of serving once more, as compiled loops for long runs; see `compiling`."""
