"""What does each agency tell, and how soon?"""
