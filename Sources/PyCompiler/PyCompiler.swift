// PyCompiler: see README.md.
