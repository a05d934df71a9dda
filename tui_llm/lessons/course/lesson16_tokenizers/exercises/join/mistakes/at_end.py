def join(tokens, left, right):
    joined = []
    place = 0
    while place < len(tokens):
        if place + 2 < len(tokens) and tokens[place : place + 2] == [left, right]:
            joined.append(left + right)
            place += 2
        else:
            joined.append(tokens[place])
            place += 1
    return joined
