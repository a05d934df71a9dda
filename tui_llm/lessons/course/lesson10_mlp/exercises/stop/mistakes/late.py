def stop(losses, patience):
    best = 0
    for place, loss in enumerate(losses):
        if loss < losses[best]:
            best = place
        elif place - best > patience:
            break
    return best
