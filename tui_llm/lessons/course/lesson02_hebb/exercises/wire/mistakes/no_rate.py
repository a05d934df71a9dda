def wire(weights, x, y, rate):
    wired = []
    for row, output in zip(weights, y):
        wired.append([weight + output * value for weight, value in zip(row, x)])
    return wired
