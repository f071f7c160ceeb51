"""Weekly series and daily counts between their limits."""
