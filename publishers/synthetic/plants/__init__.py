"""What can be planted in a synthetic partnership: silo effects, and disturbances that are nobody's fault."""
