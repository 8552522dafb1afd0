/** Pictures of a page at the widths that people have. */
import { PNG } from "pngjs";

export const SIZES = {
  desktop: { width: 1280, height: 800, mobile: false },
  tablet: { width: 820, height: 1180, mobile: true },
  phone: { width: 390, height: 844, mobile: true },
};
const LARGE = 200_000;
const QUALITY = 82;
const SMALL = 30_000;
const SPREAD = 6;

export function resize(world, size) {
  return world.send("Emulation.setDeviceMetricsOverride", { ...SIZES[size], deviceScaleFactor: 1 });
}

/** The picture and its format: PNG, or WebP where that is much smaller. */
export async function shoot(world) {
  const png = await capture(world, { format: "png" });
  if (png.length <= LARGE) return { data: png, format: "png" };
  const webp = await capture(world, { format: "webp", quality: QUALITY });
  return webp.length < png.length / 2 ? { data: webp, format: "webp" } : { data: png, format: "png" };
}

async function capture(world, parameters) {
  const { data } = await world.send("Page.captureScreenshot", { optimizeForSpeed: true, ...parameters }, 6000);
  return Buffer.from(data, "base64");
}

/** Whether there is nothing to be seen: one colour all over, of which a picture is small. */
export function isBlank({ data: png, format }) {
  if (format !== "png" || png.length > SMALL) return false;
  const { data } = PNG.sync.read(png);
  for (let channel = 0; channel < 3; channel++) {
    let [low, high] = [255, 0];
    for (let at = channel; at < data.length; at += 4) {
      low = Math.min(low, data[at]);
      high = Math.max(high, data[at]);
    }
    if (high - low > SPREAD) return false;
  }
  return true;
}
