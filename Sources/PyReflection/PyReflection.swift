// PyReflection: see README.md.
