"""Are reprints found, whatever newspapers did to them?"""
