def stop(losses, patience):
    best = 0
    for place, loss in enumerate(losses):
        if place > 0 and loss < losses[place - 1]:
            best = place
        elif place - best >= patience:
            break
    return best
