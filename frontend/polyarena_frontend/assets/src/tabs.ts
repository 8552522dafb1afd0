/** The arenas' tabs where not all fit: the open one is in sight, and the ends say that there are more. */
const tabs = document.querySelector<HTMLElement>(".site-header .tabs");

function tellEnds(row: HTMLElement): void {
  const rest = row.scrollWidth - row.clientWidth - Math.abs(row.scrollLeft);
  row.toggleAttribute("data-before", Math.abs(row.scrollLeft) > 1);
  row.toggleAttribute("data-after", rest > 1);
}

if (tabs) {
  const open = tabs.querySelector<HTMLElement>("[aria-current]");
  if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
  tellEnds(tabs);
  tabs.addEventListener("scroll", () => tellEnds(tabs), { passive: true });
  new ResizeObserver(() => tellEnds(tabs)).observe(tabs);
  tabs.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      const before = tabs.scrollLeft;
      tabs.scrollLeft += event.deltaY;
      if (tabs.scrollLeft !== before) event.preventDefault();
    },
    { passive: false },
  );
}
