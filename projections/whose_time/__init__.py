"""Whose was the time of a period: which organisation's, or on the way between which two?"""
