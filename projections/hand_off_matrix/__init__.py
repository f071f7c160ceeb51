"""How long do the steps between two organisations take?"""
