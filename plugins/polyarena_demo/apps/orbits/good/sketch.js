const ACCENT = "#fbbf24"; // accent
const PLANETS = [
  { name: "Ash", size: 8, colour: "#b6a28f", orbit: 0.2, days: 88 },
  { name: "Fern", size: 14, colour: "#7dd3a8", orbit: 0.38, days: 225 },
  { name: "Tide", size: 15, colour: "#60a5fa", orbit: 0.58, days: 365 },
  { name: "Rust", size: 11, colour: "#f87171", orbit: 0.82, days: 687 },
];
let day = 0;
let speed;
let stars;

function setup() {
  createCanvas(windowWidth, windowHeight);
  document.documentElement.lang = "en";
  document.body.style.margin = "0";
  document.body.style.overflow = "hidden";
  document.body.style.background = "#0b1020";
  const panel = createDiv('<label for="speed">Days a second</label>');
  panel.style("position:fixed;left:1rem;top:1rem;color:#e5e7eb;font:16px system-ui;display:grid;gap:.4rem");
  speed = createSlider(0, 200, 40, 1).parent(panel);
  speed.id("speed");
  speed.style("width", "14rem");
  stars = Array.from({ length: 160 }, () => [random(), random(), random(0.5, 2)]);
}

function windowResized() {
  resizeCanvas(windowWidth, windowHeight);
}

function draw() {
  background("#0b1020");
  noStroke();
  fill(255, 160);
  for (const [x, y, size] of stars) circle(x * width, y * height, size);
  day += (speed.value() * deltaTime) / 1000;
  translate(width / 2, height / 2);
  const reach = min(width, height) / 2 - 24;
  for (const planet of PLANETS) {
    noFill();
    stroke(255, 45);
    circle(0, 0, planet.orbit * reach * 2);
  }
  noStroke();
  for (let ring = 5; ring > 0; ring--) {
    fill(251, 191, 36, 18);
    circle(0, 0, 44 + ring * 12);
  }
  fill(ACCENT);
  circle(0, 0, 44);
  textAlign(CENTER);
  textSize(13);
  for (const planet of PLANETS) {
    const angle = (day / planet.days) * TWO_PI;
    const x = cos(angle) * planet.orbit * reach;
    const y = sin(angle) * planet.orbit * reach;
    fill(planet.colour);
    circle(x, y, planet.size * 1.6);
    fill(230);
    text(planet.name, x, y - planet.size - 6);
  }
}
