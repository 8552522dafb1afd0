# Ends at once; what it started holds its output open, and writes on.
(trap '' HUP; exec setsid sleep 3600) &
(exec setsid sh -c 'while :; do echo more; sleep 0.01; done') &
echo first
