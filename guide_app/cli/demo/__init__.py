"""The main job on demo data, with real processes: head office, desktop, network, customer, counter, till."""
