"""What passes from one organisation to another, and who told of it when, as arrays?"""
