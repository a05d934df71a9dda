def backward(order):
    order[-1].grad = 1.0
    for value in reversed(order):
        for one, slope in zip(value.inputs, value.slopes):
            one.grad += slope
