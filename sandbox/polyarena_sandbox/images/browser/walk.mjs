/** A short automatic walk: the page is scrolled, tabbed through, and clicked. */
import { Late, pause } from "./clock.mjs";
import { aim, controls, moved, watch } from "./inside.mjs";
import { Gone } from "./world.mjs";

const CONTROLS = 12;
const TABS = 8;
const ANSWER = 120;

/** Answers {clicked, dead_controls: [label]}, as far as `milliseconds` reached. */
export async function walk(world, milliseconds) {
  const done = { clicked: 0, dead_controls: [] };
  const end = performance.now() + milliseconds;
  const soon = () => performance.now() < end;
  try {
    await scroll(world);
    for (let tabs = 0; tabs < TABS && soon(); tabs++) await press(world, "Tab", 9);
    const found = await world.call(controls, [CONTROLS]);
    const silent = [];
    for (let place = 0; place < found.length && soon(); place++)
      if ((await answers(world, place, done)) === false) silent.push(place);
    for (const place of silent)
      // One that chose what was chosen already does something once others have been clicked.
      if (!found[place].entry && !(soon() && (await answers(world, place, { clicked: 0 }))))
        done.dead_controls.push(found[place].label);
  } catch (error) {
    if (!(error instanceof Late || error instanceof Gone)) throw error;
    done.hung = error instanceof Late;
  }
  return done;
}

async function scroll(world) {
  for (const deltaY of [800, 4000, -10000]) {
    await mouse(world, "mouseWheel", { x: 640, y: 400 }, { deltaX: 0, deltaY });
    await pause(30);
  }
}

/** Whether a click on a control changes anything; undefined where it is not to be hit. */
async function answers(world, place, done) {
  const point = await world.call(aim, [place]);
  if (!point) return undefined;
  await mouse(world, "mouseMoved", point);
  await pause(20);
  await world.call(watch);
  const { departures } = world;
  done.clicked++;
  await mouse(world, "mousePressed", point, { button: "left", clickCount: 1 });
  await mouse(world, "mouseReleased", point, { button: "left", clickCount: 1 });
  for (let waited = 0; waited < ANSWER; waited += 20) {
    await pause(20);
    if (world.departures > departures || (await world.call(moved))) return true;
  }
  return false;
}

function mouse(world, type, point, more = {}) {
  return world.send("Input.dispatchMouseEvent", { type, ...point, ...more }, 1000);
}

async function press(world, key, windowsVirtualKeyCode) {
  for (const type of ["keyDown", "keyUp"])
    await world.send("Input.dispatchKeyEvent", { code: key, key, type, windowsVirtualKeyCode }, 1000);
}
