"""What Python names refer to: scopes, classes and values, read from the tree of the function around them."""
