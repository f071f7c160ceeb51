"""What was this database filled with?"""
