"""Benches: each measures beside a peer or a limit in the same run, prints a table, writes `out/bench/NAME.json`."""
