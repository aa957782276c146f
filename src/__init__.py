"""The pipeline stages: `python -m src.prepare`, `src.train`, `src.evaluate`, `src.tune`."""
