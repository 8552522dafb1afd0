let angle = 0;
let slider;

function setup() {
  createCanvas(600, 600);
  slider = createSlider(0, 100, 30);
}

function draw() {
  background(0);
  angle += slider.value() / 1000;
  translate(300, 300);
  fill("yellow");
  circle(0, 0, 50);
  const colours = ["grey", "orange", "blue", "red"];
  colours.forEach((colour, i) => {
    const far = 70 + i * 60;
    noFill();
    stroke(80);
    circle(0, 0, far * 2);
    noStroke();
    fill(colour);
    circle(cos(angle / (i + 1)) * far, sin(angle / (i + 1)) * far, 16 + i * 3);
  });
}
