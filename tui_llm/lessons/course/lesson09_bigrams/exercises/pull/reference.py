def gradient(probabilities, target):
    result = []
    for place, probability in enumerate(probabilities):
        came = 1 if place == target else 0
        result.append(probability - came)
    return result
