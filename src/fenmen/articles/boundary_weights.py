"""What speaks for a new article at a paragraph (above 0) and against it.

Fitted on composed pages by experiments/pages/fit_boundaries.py.
"""

BOUNDARY_WEIGHTS: dict[str, float] = {
    "always": -2.91,
    "dateline": 1.32,
    "opens": 4.62,
    "date": 2.70,
    "goes on": -1.94,
    "quote": 1.78,
    "column changes": 1.63,
    "shared words": -5.62,
    "little text": -6.42,
    "marks": 3.85,
    "one paragraph so far": -2.00,
    "page is signed": -1.18,
    "headline": 2.22,
    "wide headline": 4.05,
    "lines of headline": -0.77,
    "headline told here": 3.54,
    "headline told before": 0.02,
    "claimed": 5.35,
}
