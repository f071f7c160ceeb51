"""`caseflow report timeliness`: how long completed cases took, in the columns of official statistics."""
