"""A synthetic partnership: invented cases, seeded and labelled, shaped like published national figures."""
