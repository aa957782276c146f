"""What speaks for a line being the title (above 0) and against it.

Fitted on pairs of titles and other lines by experiments/pages/fit_titles.py.
"""

TITLE_WEIGHTS: dict[str, float] = {
    "opening": 2.02,
    "event": 1.44,
    "told": 1.64,
    "even halves": -0.14,
    "asks": 1.15,
    "comma": 1.28,
    "person": 0.37,
    "done": 0.79,
    "image": 0.41,
    "praise": -1.74,
    "local": -0.28,
    "slogan": -0.67,
    "slogan halves": -0.57,
    "aside": -1.07,
    "about": -1.58,
    "dash": -1.32,
    "figures": -0.34,
    "numerals": -0.35,
    "tiny": 0.03,
    "width": -1.89,
    "place": -0.93,
    "organ": -0.04,
    "feature: opening": -0.25,
    "feature: event": -0.87,
    "feature: place": -0.46,
    "feature: organ": -0.98,
    "feature: numerals": -1.07,
    "feature: width": -1.17,
}
