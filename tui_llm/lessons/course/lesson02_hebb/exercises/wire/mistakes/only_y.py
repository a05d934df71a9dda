def wire(weights, x, y, rate):
    return [[weight + rate * output for weight in row] for row, output in zip(weights, y)]
