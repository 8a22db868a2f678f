print("taipan: not built yet")
