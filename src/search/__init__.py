"""The search for better settings, behind `python -m src.tune`."""
