"""Addresses that others name: taken apart, and which of them are public."""

from __future__ import annotations

import pytest

from polyarena.addresses import address_of, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("2002:808:808::", True),
        ("127.255.255.254", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.31.255.255", False),
        ("192.168.1.1", False),
        ("100.127.255.255", False),
        ("169.254.169.254", False),
        ("192.0.2.7", False),
        ("198.18.0.1", False),
        ("203.0.113.9", False),
        ("224.0.0.251", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::a00:1", False),
        ("2001:0:a00:1::", False),
        ("2002:a00:1::", False),
        ("2001:db8::1", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_an_address_taken_apart() -> None:
    address = address_of("HTTPS://Bücher.test/a b".replace(" ", "%20") + "?q=ü")
    assert (address.scheme, address.host, address.port) == ("https", "xn--bcher-kva.test", 443)
    assert address.target == "/a%20b?q=%C3%BC"
    assert address.authority == "xn--bcher-kva.test"
    assert address_of("http://[2606:4700::1]:8080").authority == "[2606:4700::1]:8080"
