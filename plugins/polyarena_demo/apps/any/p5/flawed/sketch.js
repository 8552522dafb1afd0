const items = ITEMS;

function setup() {
  createCanvas(300, 300);
}

function draw() {
  background(200);
  items.forEach((item, i) => {
    fill(i * 60, 0, 120);
    circle(50 + i * 50, 150 + sin(frameCount / 10) * 20, 40);
    text(item, 30 + i * 50, 220);
  });
  if (mouseIsPressed) score++;
}
