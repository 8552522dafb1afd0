let t = 0;

function setup() {
  createCanvas(400, 400);
  createSlider(0, 10, 5);
}

function draw() {
  background(20);
  t += 0.02;
  fill(255, 200, 0);
  circle(200, 200, 60);
  for (let i = 1; i <= 4; i++) {
    fill(90 * i, 60, 120);
    circle(200 + cos(t) * i * 40, 200 + sin(t) * i * 40, 14);
  }
  if (frameCount === 60) console.log(planets.length);
}
