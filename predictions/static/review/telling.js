// What the review desk says: in its status line, of its searches, and where it asks.

let hush;
export function say(words) {
  const said = document.getElementById("said");
  said.textContent = words;
  clearTimeout(hush);
  hush = setTimeout(() => { said.textContent = ""; }, 8000);
}

export function searched(search) {
  if (search.failure) return `Search by ${search.finder} stopped: ${search.failure}`;
  if (!search.finished) return `Searching by ${search.finder}: ${search.done} of ${search.total} segments. ${search.trouble}`;
  return search.discarded ? `${search.discarded} proposals by ${search.finder} thrown away: not in the text` : "";
}

// Resolves to the form when it was kept, to null when it was left.
export function dialog(id, fill) {
  const box = document.getElementById(id);
  const form = box.querySelector("form");
  box.returnValue = "";
  box.showModal();
  fill?.(form.elements);
  return new Promise((resolve) => {
    box.addEventListener("close", () => resolve(box.returnValue ? form : null), { once: true });
  });
}
