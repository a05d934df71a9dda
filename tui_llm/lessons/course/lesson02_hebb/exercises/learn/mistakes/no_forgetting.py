def learn(weights, inputs, rate):
    output = sum(w * x for w, x in zip(weights, inputs))
    return [w + rate * output * x for w, x in zip(weights, inputs)]
