# Does nothing, and does not end.
exec sleep infinity
