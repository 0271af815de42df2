"""分群: who fits a rule over portrait, tags, purchases, events and consent."""
