def backward(d_logits, hidden, joined, W1, W2):
    d_W2 = hidden.T @ d_logits
    d_b2 = d_logits.sum(axis=0)
    d_scaled = d_logits @ W2.T
    d_W1 = joined.T @ d_scaled
    d_b1 = d_scaled.sum(axis=0)
    d_joined = d_scaled @ W1.T
    return d_W2, d_b2, d_W1, d_b1, d_joined
