def backward(order):
    order[-1].grad = 1.0
    for value in order:
        for one, slope in zip(value.inputs, value.slopes):
            one.grad += slope * value.grad
