def cut(ids, start, length):
    return ids[start : start + length], ids[start + 1 : start + length]
