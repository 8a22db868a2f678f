// PyRuntime: see README.md.
