"""Looks for anything beyond itself on the network."""

import contextlib
import os
import socket

HOSTS = (
    ("169.254.169.254", 80),
    ("fd00:ec2::254", 80),
    ("100.100.100.200", 80),
    ("172.17.0.1", 2375),
    ("172.17.0.2", 80),
    ("10.0.0.1", 22),
    ("192.168.0.1", 53),
    ("1.1.1.1", 53),
    ("2606:4700:4700::1111", 443),
    ("255.255.255.255", 67),
    ("224.0.0.251", 5353),
)
NAMES = (
    "example.com",
    "metadata.google.internal",
    "host.docker.internal",
    "gateway.docker.internal",
)
QUERY = bytes.fromhex("123401000001000000000000076578616d706c6503636f6d0000010001")

for host, port in HOSTS:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with contextlib.suppress(OSError), socket.socket(family, kind) as end:
            end.settimeout(1)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            end.connect((host, port))
            print("reached", host)
for name in NAMES:
    with contextlib.suppress(OSError):
        print(name, socket.gethostbyname(name))
for server in ("127.0.0.1", "127.0.0.11", "127.0.0.53"):
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.settimeout(0.2)
        end.connect((server, 53))
        end.send(QUERY)
        print(server, end.recv(512))
for kind, protocol in ((socket.SOCK_RAW, socket.IPPROTO_ICMP), (socket.SOCK_DGRAM, 1)):
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, kind, protocol):
        print("pings")
print("interfaces", *sorted(os.listdir("/sys/class/net")))
