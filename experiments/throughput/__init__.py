"""How fast is batch tagging, and does it lose anything?"""
