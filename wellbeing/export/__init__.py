"""Results in, bytes out. Lay-out only: nothing here decides what may be shown."""
