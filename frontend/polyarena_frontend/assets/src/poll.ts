/** What asks for news again and again does not while nobody can see it. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const asking = event.target as Element;
  if (!asking.matches("[data-poll]")) return;
  if (document.hidden || asking.closest("details:not([open])")) event.preventDefault();
});
