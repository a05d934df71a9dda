def backward(order):
    order[-1].grad = 1.0
    for value in reversed(order):
        if value.inputs:
            value.inputs[0].grad += value.slopes[0] * value.grad
