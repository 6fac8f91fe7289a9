"""One contract for every formula, layer, loss and optimizer: a new one is tested by existing."""
