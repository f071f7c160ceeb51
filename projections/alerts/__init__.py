"""Who was told that a hand-off is late, and what became of it?"""
