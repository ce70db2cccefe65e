// Keys that work on every page of the desk. Without script each is a link or a button.
"use strict";
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
    "/": () => document.getElementById("q")?.focus(),
    n: () => document.querySelector("form[action$='/next/']")?.requestSubmit(),
    b: () => document.querySelector("[data-back]")?.click(),
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
