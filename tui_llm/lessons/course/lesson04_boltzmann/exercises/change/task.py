def change(data, dreams, i, j, rate):
    return 0
