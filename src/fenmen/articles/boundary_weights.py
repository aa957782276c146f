"""What speaks for a new article at a paragraph (above 0) and against it.

Fitted on composed pages by experiments/pages/fit_boundaries.py.
"""

BOUNDARY_WEIGHTS: dict[str, float] = {
    "always": -2.18,
    "dateline": 1.80,
    "opens": 2.11,
    "date": 1.35,
    "tells when": 0.52,
    "goes on": -0.19,
    "speaker": -0.71,
    "quote": 1.17,
    "new place": 1.66,
    "known place": 0.46,
    "closed before": 0.68,
    "column changes": 1.28,
    "shared words": -5.44,
    "shared with this": -2.28,
    "shared with last": 1.56,
    "goes on alike": 0.48,
    "little text": -3.93,
    "one paragraph so far": -0.42,
    "long so far": 0.21,
    "marks": 1.51,
    "page is signed": -1.49,
    "page is headed": -1.56,
    "bylines stand above": -0.89,
    "headline": 2.30,
    "numbered headline": -0.00,
    "wide headline": 2.65,
    "lines of headline": -1.52,
    "headline told here": 3.68,
    "headline told before": -1.12,
    "claimed": 4.54,
}
