"""The sum of two huge numbers in C++."""

from __future__ import annotations

from .source import Piece, Source

_GOOD = """
#include <algorithm>
#include <iostream>
#include <string>

// Adds two decimal numbers digit by digit, from the right.
std::string add(const std::string& a, const std::string& b) {
    std::string sum;
    int carry = 0;
    auto i = a.rbegin();
    auto j = b.rbegin();
    while (i != a.rend() || j != b.rend() || carry) {
        int digit = carry;
        if (i != a.rend()) digit += *i++ - '0';
        if (j != b.rend()) digit += *j++ - '0';
        sum.push_back(static_cast<char>('0' + digit % 10));
        carry = digit / 10;
    }
    std::reverse(sum.begin(), sum.end());
    // Leading zeros of the input must not come back.
    auto first = sum.find_first_not_of('0');
    return first == std::string::npos ? "0" : sum.substr(first);
}

int main() {
    std::string a, b;
    std::cin >> a >> b;
    std::cout << add(a, b) << '\\n';
}
"""

_PLAIN = """
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int main() {
    string a, b;
    cin >> a >> b;
    // Make both as long as the longer one.
    while (a.size() < b.size()) a = "0" + a;
    while (b.size() < a.size()) b = "0" + b;
    vector<int> digits(a.size() + 1);
    for (int i = (int)a.size() - 1; i >= 0; i--) {
        digits[i + 1] += (a[i] - '0') + (b[i] - '0');
        digits[i] += digits[i + 1] / 10;
        digits[i + 1] %= 10;
    }
    size_t start = digits[0] ? 0 : 1;
    for (size_t i = start; i < digits.size(); i++) cout << digits[i];
    cout << endl;
}
"""

_FLAWED = """
#include <iostream>

int main() {
    // Large enough for every number that I ever met.
    unsigned long long a, b;
    std::cin >> a >> b;
    std::cout << a + b << std::endl;
    return 0;
}
"""

PIECE = Piece(
    frozenset({"sum", "integers", "digits", "add", "numbers"}),
    Source("cpp", _GOOD, "It takes time in proportion to the number of digits."),
    Source("cpp", _PLAIN, "Both numbers are padded, then added as at school."),
    Source("cpp", _FLAWED, "The machine adds faster than any loop could."),
)
