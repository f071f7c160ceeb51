"""How does each flow go, week by week?"""
