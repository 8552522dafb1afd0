"""Personal and health data in a prompt: found, named, and taken out.

The kinds are those that the Safe Harbor rule of HIPAA (45 CFR 164.514) lists, as far as they can
be told by their look: in English, German, French, Spanish, Italian and Portuguese, and numbers of
more countries by their check digits. Every pattern bounds its repetitions, so that a search takes
time in proportion to the text.
"""
