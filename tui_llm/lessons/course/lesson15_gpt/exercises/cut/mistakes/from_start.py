def cut(ids, start, length):
    return ids[:length], ids[1 : length + 1]
