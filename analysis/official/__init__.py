"""Figures as official statistics print them, small numbers hidden."""
