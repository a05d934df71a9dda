def wire(weights, x, y, rate):
    for row, output in zip(weights, y):
        for place, value in enumerate(x):
            row[place] += rate * output * value
