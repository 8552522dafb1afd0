# Many print at once, on both streams.
for _ in 1 2 3 4 5 6 7 8; do
    yes &
    yes >&2 &
done
wait
