"""How long did completed cases take, as official statistics count them?"""
