// PyPlatform: see README.md.
