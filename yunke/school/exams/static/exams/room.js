// The list of the room is renewed every ten seconds, but never under a tick that was just made.
document.getElementById("desks")?.addEventListener("htmx:beforeRequest", (event) => {
  if (document.querySelector("#room input:checked")) event.preventDefault();
});
