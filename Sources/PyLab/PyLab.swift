// PyLab: see README.md.
