"""What was refused, and what was decided about it?"""
