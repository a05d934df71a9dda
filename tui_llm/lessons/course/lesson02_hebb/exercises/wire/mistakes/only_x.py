def wire(weights, x, y, rate):
    wired = []
    for row in weights:
        wired.append([weight + rate * value for weight, value in zip(row, x)])
    return wired
