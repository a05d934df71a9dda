def top_p(probabilities, p):
    order = sorted(range(len(probabilities)), key=lambda place: -probabilities[place])
    kept = [0.0] * len(probabilities)
    total = 0.0
    for place in order:
        kept[place] = probabilities[place]
        total += probabilities[place]
        if total >= 1 - p:
            break
    return [value / total for value in kept]
