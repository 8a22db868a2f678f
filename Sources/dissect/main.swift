print("dissect: not built yet")
