def backward(d_logits, hidden, joined, W1, W2):
    d_W2 = 0
    d_b2 = 0
    d_W1 = 0
    d_b1 = 0
    d_joined = 0
    return d_W2, d_b2, d_W1, d_b1, d_joined
