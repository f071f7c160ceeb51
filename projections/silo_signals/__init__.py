"""Where does the boundary cost time, since when, and how sure is that?"""
