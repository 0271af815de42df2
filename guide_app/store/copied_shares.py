"""One truth about which shares are contacts, for every trade word that asks: a condition of a row of `share`."""

#: A share that was copied to be sent: whether it was, its copy says, and if so its message counts in its place.
COPIED_SHARE = "EXISTS (SELECT 1 FROM copied k WHERE k.share_id = share.id)"
