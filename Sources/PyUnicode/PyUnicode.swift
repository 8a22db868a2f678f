// PyUnicode: see README.md.
