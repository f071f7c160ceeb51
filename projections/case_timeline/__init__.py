"""What happened in one case, in order, and who held it?"""
