// PyModules: see README.md.
