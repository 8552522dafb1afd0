const ACCENT = "#0ea5e9"; // accent
const items = ITEMS.map((name, at, all) => ({ name, count: all.length - at, shown: 0 }));

function setup() {
  createCanvas(windowWidth, windowHeight);
  document.documentElement.lang = "en";
  document.title = "TITLE";
  document.body.style.margin = "0";
  textFont("system-ui");
}

function windowResized() {
  resizeCanvas(windowWidth, windowHeight);
}

function place(at) {
  const wide = min(90, (width - 40) / items.length - 12);
  return { x: 30 + at * (wide + 12), wide };
}

function draw() {
  background("#f0f9ff");
  noStroke();
  fill("#0c2a3a");
  textAlign(LEFT);
  textSize(24);
  text("TITLE", 30, 48);
  textSize(14);
  text("Click a bar to give it a point.", 30, 72);
  const most = max(items.map((item) => item.count));
  items.forEach((item, at) => {
    const { x, wide } = place(at);
    item.shown = lerp(item.shown, item.count, 0.15);
    const high = (item.shown / most) * (height - 200);
    fill(mouseX > x && mouseX < x + wide ? "#0369a1" : ACCENT);
    rect(x, height - 60 - high, wide, high, 8);
    fill("#0c2a3a");
    textAlign(CENTER);
    text(item.count, x + wide / 2, height - 68 - high);
    text(item.name, x + wide / 2, height - 38);
  });
}

function mousePressed() {
  items.forEach((item, at) => {
    const { x, wide } = place(at);
    if (mouseX > x && mouseX < x + wide) item.count++;
  });
}
