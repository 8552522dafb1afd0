"""A shop with one till, simulated in Rust."""

from __future__ import annotations

from .source import Piece, Source

_RANDOM = """
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
"""

_GOOD = f"""
// A xorshift generator: small, fast, and the same in every run.
{_RANDOM.strip()}

    // The time until something that happens once in `mean` minutes.
    fn wait(&mut self, mean: f64) -> f64 {{
        -mean * (1.0 - self.next()).ln()
    }}
}}

fn main() {{
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut now, mut free_at) = (0.0_f64, 0.0_f64);
    let mut waits = Vec::new();
    for _ in 0..1000 {{
        now += random.wait(2.0);
        let begins = free_at.max(now);
        waits.push(begins - now);
        free_at = begins + random.wait(1.6);
    }}
    let mean = waits.iter().sum::<f64>() / waits.len() as f64;
    let longest = waits.iter().cloned().fold(0.0, f64::max);
    println!("mean wait {{mean:.1}} min, longest {{longest:.1}} min");

    // Ten bins of equal width; a # stands for ten customers.
    let width = longest / 10.0;
    let mut bins = [0usize; 10];
    for wait in &waits {{
        bins[((wait / width) as usize).min(9)] += 1;
    }}
    for (i, count) in bins.iter().enumerate() {{
        let from = i as f64 * width;
        println!("{{from:5.1}} min {{count:4}} {{}}", "#".repeat((count + 9) / 10));
    }}
}}
"""

_PLAIN = f"""
{_RANDOM.strip()}
}}

fn main() {{
    let mut random = Random(12345);
    let mut now = 0.0;
    let mut free = 0.0;
    let mut waits: Vec<f64> = vec![];
    for _ in 0..1000 {{
        now += random.next() * 4.0;
        if free < now {{
            free = now;
        }}
        waits.push(free - now);
        free += random.next() * 3.6;
    }}
    let total: f64 = waits.iter().sum();
    let mut longest = 0.0;
    for w in &waits {{
        if *w > longest {{
            longest = *w;
        }}
    }}
    println!("mean: {{:.2}}", total / 1000.0);
    println!("longest: {{:.2}}", longest);
    // Whole minutes.
    for minute in 0..=(longest as usize) {{
        let n = waits.iter().filter(|w| **w as usize == minute).count();
        println!("{{:2}}: {{}}", minute, "*".repeat(n / 10));
    }}
}}
"""

_FLAWED = f"""
{_RANDOM.strip()}
}}

fn main() {{
    let mut random = Random(1);
    // Minutes are whole in my shop.
    let mut now: u32 = 0;
    let mut free: u32 = 0;
    let mut waits: Vec<u32> = Vec::new();
    for _ in 0..1000 {{
        now += (random.next() * 5.0) as u32;
        waits.push(free - now);
        free = now + (random.next() * 4.0) as u32;
    }}
    println!("mean: {{}}", waits.iter().sum::<u32>() / 1000);
    println!("longest: {{:?}}", waits.iter().max());
}}
"""

PIECE = Piece(
    frozenset({"shop", "till", "customers", "queue", "waits", "wait"}),
    Source("rust", _GOOD, "Arrivals and services are exponential, as queues are in books."),
    Source("rust", _PLAIN, "Arrivals and services are drawn evenly."),
    Source("rust", _FLAWED, "Whole minutes keep it simple."),
)
