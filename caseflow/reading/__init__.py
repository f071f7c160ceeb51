"""What people ask a running or finished caseflow: report, case, export, dead letters, status."""
