"""How far is each consumer?"""
