export type Year = "2024" | "2025";

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const REVENUE: Record<Year, number[]> = {
  "2024": [12100, 11800, 13900, 14200, 15100, 14700, 13200, 12900, 15800, 17100, 21900, 24800],
  "2025": [14300, 14100, 16200, 15900, 17800, 18100, 16400, 15700, 18900, 20400, 26100, 29700],
};

export const PRODUCTS = [
  { name: "Linen shirt", price: 59, sold: { "2024": 612, "2025": 698 } },
  { name: "Wool socks", price: 14, sold: { "2024": 1830, "2025": 1622 } },
  { name: "Rain jacket", price: 149, sold: { "2024": 241, "2025": 377 } },
  { name: "Canvas bag", price: 32, sold: { "2024": 905, "2025": 1114 } },
  { name: "Straw hat", price: 27, sold: { "2024": 433, "2025": 389 } },
];
