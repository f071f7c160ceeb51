"""`caseflow report monthly`: what changed in a month, where its time went, and what to look at."""
