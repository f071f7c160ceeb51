"""What people look at: charts now; it reads, and writes nothing."""
