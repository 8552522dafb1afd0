# Something stays behind that changes its files for ever, to catch their reader between two looks.
(
    while :; do
        ln -sf /etc/passwd swapped.txt
        rm -f swapped.txt
        echo again >swapped.txt
        truncate -s 900000 swapped.txt
        truncate -s 0 swapped.txt
    done
) >/dev/null 2>&1 &
sleep 0.2
echo end
