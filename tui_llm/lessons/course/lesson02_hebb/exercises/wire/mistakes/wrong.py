def wire(weights, x, y, rate):
    wired = []
    for row, output in zip(weights, y):
        wired.append([weight + rate * output * value**2 for weight, value in zip(row, x)])
    return wired
