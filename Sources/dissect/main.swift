import PyLab

DissectProgram.main()
