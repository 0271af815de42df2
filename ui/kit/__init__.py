"""The desktop's tool box: look, background work and small widgets that know no trade word."""
