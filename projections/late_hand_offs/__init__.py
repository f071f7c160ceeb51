"""Which hand-offs are late, in all, between two organisations, and of one?"""
