"""python -m fenmen: the same as the command fenmen."""

from fenmen.cli import main

if __name__ == "__main__":
    main()
