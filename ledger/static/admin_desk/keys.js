// Keys that work on every page of the desk. Without script each is a link or a button.
"use strict";

// Says in the status line why a key does nothing.
function tell(words) {
  const line = document.querySelector("[data-told]");
  line.textContent = words;
  clearTimeout(tell.hush);
  tell.hush = setTimeout(() => { line.textContent = ""; }, 8000);
}

// Does something with what is found; tells why not if it is not there.
function found(selector, act, otherwise) {
  const node = document.querySelector(selector);
  if (node) act(node);
  else tell(otherwise);
}

{
  const help = document.getElementById("help");
  const lines = [...document.querySelectorAll(".lines .claim")];

  function step(by) {
    const here = lines.indexOf(document.activeElement);
    const next = here < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.min(Math.max(here + by, 0), lines.length - 1);
    lines[next]?.focus();
  }

  const keys = {
    "?": () => help?.showModal(),
    "/": () => found("#q", (field) => field.focus(), "There is nothing to search on this page. Q leads to the queue."),
    n: () => document.querySelector("form[action$='/next/']")?.requestSubmit(),
    b: () => found("[data-back]", (link) => link.click(), "B goes back from the page that a signature leads to."),
    q: () => document.querySelector(".top nav a")?.click(),
    ...(lines.length && !document.getElementById("verdict") ? { j: () => step(1), k: () => step(-1) } : {}),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea, select, input:not([type=radio])");
    if (event.key === "Escape" && typing) event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
