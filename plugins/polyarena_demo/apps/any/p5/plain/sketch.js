const items = ITEMS;
const counts = items.map(() => 1);

function setup() {
  createCanvas(600, 400);
}

function draw() {
  background(240);
  fill(0);
  textSize(20);
  text("TITLE", 20, 30);
  items.forEach((item, i) => {
    fill(100);
    rect(20 + i * 90, 350, 60, -20 * counts[i]);
    fill(0);
    text(item, 20 + i * 90, 380);
  });
}

function mousePressed() {
  const i = floor((mouseX - 20) / 90);
  if (i >= 0 && i < items.length) counts[i]++;
}
