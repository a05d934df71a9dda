def backward(order):
    for value in reversed(order):
        value.grad = 0.0
        for one, slope in zip(value.inputs, value.slopes):
            one.grad += slope * value.grad
