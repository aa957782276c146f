"""What speaks for a new article at a paragraph (above 0) and against it.

Fitted on composed pages by experiments/pages/fit_boundaries.py.
"""

BOUNDARY_WEIGHTS: dict[str, float] = {
    "always": -1.26,
    "dateline": 2.19,
    "opens": 1.53,
    "date": 2.24,
    "tells when": 0.93,
    "goes on": -0.47,
    "speaker": -0.83,
    "quote": 1.28,
    "new place": 1.54,
    "known place": -0.26,
    "closed before": 1.57,
    "column changes": 1.44,
    "shared words": -5.30,
    "shared with this": -2.03,
    "shared with last": 2.20,
    "goes on alike": 1.23,
    "little text": -3.68,
    "one paragraph so far": -0.86,
    "long so far": -0.01,
    "marks": 2.03,
    "page is signed": -1.62,
    "page is headed": -1.58,
    "bylines stand above": -0.74,
    "headline": 1.98,
    "numbered headline": -0.00,
    "wide headline": 3.13,
    "lines of headline": -1.97,
    "headline told here": 4.87,
    "headline told before": -1.20,
    "claimed": 5.07,
}
