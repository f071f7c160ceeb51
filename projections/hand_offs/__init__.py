"""How do the standard hand-offs stand?"""
