"""Is the same step slower across organisations than inside one? The boundary effect, stratum by stratum."""
