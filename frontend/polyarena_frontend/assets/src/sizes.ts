const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** Bytes as a person reads them. */
export function readable(size: number): string {
  const power = size < 1000 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: UNITS[power] ?? "byte",
    unitDisplay: power ? "short" : "long",
    maximumSignificantDigits: 3,
  }).format(size / 1000 ** power);
}
