def nearest(picture, examples):
    return None
