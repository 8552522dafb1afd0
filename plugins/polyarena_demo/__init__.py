"""Six models that need no key and no network, plainly labelled as demo."""
