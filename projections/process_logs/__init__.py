"""What would a process-mining tool read? Cases in canonical order, as CSV, XES or OCEL."""
