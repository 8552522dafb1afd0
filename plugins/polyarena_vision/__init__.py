"""The vision arena: a question about pictures, two answers of models that see them."""
