// The Tables library: CSV reading and writing.
