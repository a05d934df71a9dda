def cut(ids, start, length):
    return ids[start:length], ids[start + 1 : length + 1]
