"""The WebDev arena: two models build an app, and the voter plays with both."""
