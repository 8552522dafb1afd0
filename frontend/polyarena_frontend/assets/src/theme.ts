// Loaded before the page is drawn, so that a chosen theme never flashes.
(() => {
  const root = document.documentElement;
  root.dataset["js"] = "";
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
  } catch {
    // Storage may be forbidden; the system's theme stands.
  }
})();
