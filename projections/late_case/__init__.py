"""Which case shows best what it means to be late?"""
