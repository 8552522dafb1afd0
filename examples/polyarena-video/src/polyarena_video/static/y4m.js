const FRAME = [..."FRAME"].map((letter) => letter.charCodeAt(0));

/** A film of YUV4MPEG2 at 4:2:0, or nothing where the bytes are something else. */
export function readFilm(buffer) {
  const bytes = new Uint8Array(buffer);
  const end = bytes.indexOf(10);
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, end)).split(" ");
  if (head.shift() !== "YUV4MPEG2") return null;
  const figures = Object.fromEntries(head.map((word) => [word[0], word.slice(1)]));
  const [width, height] = [Number(figures.W), Number(figures.H)];
  const [times, per] = figures.F.split(":").map(Number);
  const size = (width * height * 3) / 2;
  const frames = [];
  for (let at = end + 1; FRAME.every((letter, n) => bytes[at + n] === letter); ) {
    const start = bytes.indexOf(10, at) + 1;
    frames.push(bytes.subarray(start, start + size));
    at = start + size;
  }
  const picture = (number) => painted(frames[number], width, height);
  return frames.length ? { width, height, rate: times / per, frames, picture } : null;
}

// JFIF's conversion: brightness as it is, colours around 128.
function painted(frame, width, height) {
  const image = new ImageData(width, height);
  const colours = width * height;
  const half = width / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bright = frame[y * width + x];
      const place = colours + (y >> 1) * half + (x >> 1);
      const blue = frame[place] - 128;
      const red = frame[place + colours / 4] - 128;
      const at = (y * width + x) * 4;
      image.data[at] = bright + 1.402 * red;
      image.data[at + 1] = bright - 0.344136 * blue - 0.714136 * red;
      image.data[at + 2] = bright + 1.772 * blue;
      image.data[at + 3] = 255;
    }
  }
  return image;
}
