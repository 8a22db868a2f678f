// PyNumerics: see README.md.
