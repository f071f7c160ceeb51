"""How long hand-offs wait, open ones counted with the age that they have reached."""
