def wire(weights, x, y, rate):
    wired = []
    for row, value in zip(weights, x):
        wired.append([weight + rate * output * value for weight, output in zip(row, y)])
    return wired
