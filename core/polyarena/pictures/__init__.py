"""Safe intake of pictures: decoded in processes of their own, stored anew, nothing else kept.

`intake.Intake` is the way in. This module imports nothing, because the processes that decode
load it too and are to stay small.
"""
