"""What speaks for two headline lines being one title (above 0) and against it.

Fitted on titles set in two lines by experiments/pages/fit_breaks.py.
"""

BREAK_WEIGHTS: dict[str, float] = {
    "always": 1.19,
    "wider than 18": -13.40,
    "wider than 24": -0.50,
    "uneven": -3.52,
    "both said": 1.77,
    "place only above": -0.86,
    "verb first": 0.88,
    "verb last": -0.58,
    "space above": -2.72,
    "space below": -1.69,
    "place above": 1.73,
    "event ends above": -0.33,
    "about above": -0.89,
    "aside above": 0.22,
    "comma above": 1.51,
    "dash above": -0.74,
    "slogan above": -0.91,
    "somebody above": -0.64,
    "numerals above": -0.88,
    "place below": -0.72,
    "event ends below": 0.96,
    "about below": -1.80,
    "aside below": -0.65,
    "comma below": -2.20,
    "dash below": -1.29,
    "slogan below": -1.25,
    "somebody below": -0.44,
    "numerals below": -0.82,
}
