// PyCLI: see README.md.
