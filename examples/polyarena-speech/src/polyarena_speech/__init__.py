"""The speech arena: two voices read the same words."""
