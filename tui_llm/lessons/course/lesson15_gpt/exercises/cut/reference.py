def cut(ids, start, length):
    inputs = ids[start : start + length]
    targets = ids[start + 1 : start + length + 1]
    return inputs, targets
