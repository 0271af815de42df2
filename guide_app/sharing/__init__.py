"""Sharing: QR symbols, posters (what to paint, never how), and the check that a poster scans."""
