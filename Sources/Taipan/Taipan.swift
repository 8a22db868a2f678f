// Taipan: see README.md.
