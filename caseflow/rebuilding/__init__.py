"""`caseflow rebuild`: everything that follows from the log, made anew; or the database held against the log."""
