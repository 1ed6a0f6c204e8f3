"""From a file of any kind to a raw table: the only place that opens what users upload."""
