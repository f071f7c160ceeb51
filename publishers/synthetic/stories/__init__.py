"""The stages of a case, each told by itself: who does what, how long it takes, what goes wrong."""
