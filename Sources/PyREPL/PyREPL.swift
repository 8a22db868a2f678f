// PyREPL: see README.md.
