// What the keyboard adds to the desk. Without it every field shows and the form is sent all the same.
"use strict";
{
  const form = document.getElementById("verdict");
  if (form) sit(form);
  act();

  // What can be done to an entry whether or not it can be judged.
  function act() {
    const again = document.querySelector("[data-again]");
    const closed = document.querySelector("[data-closed]");
    const look = document.querySelector("[data-look-again]");

    function lookAgain() {
      if (!again) {
        tell("This one cannot be put off.");
        return;
      }
      again.hidden = false;
      again.open = true;
      again.querySelector("input:not([type=hidden])").focus();
    }

    function neighbour(step) {
      const lines = [...document.querySelectorAll(".rail a[href]:not(.small a)")];
      const here = lines.findIndex((line) => line.hasAttribute("aria-current"));
      const next = lines[here < 0 ? 0 : here + step];
      if (next) next.click();
      else tell(!lines.length ? "Nothing waits." : step > 0 ? "This is the last one of those listed." : "This is the first one.");
    }

    function undo() {
      found("[data-undo]", (back) => {
        const reason = back.querySelector("[name=reason]");
        if (reason) reason.focus();
        else back.requestSubmit();
      }, "There is no verdict here that you could take back.");
    }

    const keys = {
      j: () => neighbour(1),
      k: () => neighbour(-1),
      l: lookAgain,
      s: () => found("[data-skip]", (link) => link.click(), closed ? "There is nothing to skip here. J goes on." : "Nothing else waits."),
      t: () => found("[data-take]", (taking) => taking.requestSubmit(), "An entry that was withdrawn is not to be taken."),
      u: undo,
    };
    if (closed) for (const key of "123456dre") keys[key] = () => tell(closed.dataset.closed);

    document.addEventListener("keydown", (event) => {
      if (closed && event.key === "Enter" && (event.ctrlKey || event.metaKey)) tell(closed.dataset.closed);
      const typing = event.target.matches("textarea, select, input:not([type=radio])");
      const elsewhere = typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
      if (elsewhere || !keys[event.key]) return;
      event.preventDefault();
      keys[event.key]();
    });
    if (look && again) {
      look.hidden = false;
      again.hidden = true; // the button opens it
      look.addEventListener("click", lookAgain);
    }
    document.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  function sit(form) {
    const answers = [...form.querySelectorAll("[name=happened]")];
    const when = form.elements.happened_on;
    const exactness = form.elements.happened_precision;
    const part = form.querySelector("[data-which-part]");
    const foretold = form.querySelector("[data-foretold]");
    const pieces = document.querySelector("[data-pieces]");
    const empty = document.querySelector("[data-empty-piece]");
    const another = document.querySelector("[data-another]");
    const total = form.elements["evidence-TOTAL_FORMS"];
    const token = form.elements.csrfmiddlewaretoken.value;
    let timer, latest = 0;

    // Only what the answer asks for can be filled in.
    function follow() {
      const answer = answers.find((one) => one.checked);
      const asksDay = !answer || "needsADay" in answer.dataset;
      [when, exactness].forEach((field) => { field.disabled = !asksDay; });
      part.hidden = answer?.value !== "partly";
      clearTimeout(timer);
      timer = setTimeout(foretell, 150);
    }

    async function foretell() {
      const mine = ++latest;
      const body = new FormData(form);
      const answer = await fetch(form.dataset.preview, { method: "POST", body, headers: { "X-CSRFToken": token } })
        .then((response) => (response.ok ? response.json() : null))
        .catch(() => null); // offline: signing says what stands against it
      if (answer && mine === latest) foretold.innerHTML = answer.html;
    }

    function addPiece() {
      const index = Number(total.value);
      const node = document.createElement("div");
      node.innerHTML = empty.innerHTML.replaceAll("__prefix__", index);
      const piece = node.firstElementChild;
      pieces.append(piece);
      total.value = index + 1;
      piece.querySelector("input:not([type=hidden])").focus();
    }

    function evidence() {
      const first = pieces.querySelector("input[type=url], input:not([type=hidden])");
      if (first && !first.value) first.focus();
      else addPiece();
    }

    const keys = {
      d: () => (when.disabled ? tell("This answer asks for no day.") : when.focus()),
      r: () => form.elements.note.focus(),
      e: evidence,
    };

    document.addEventListener("keydown", (event) => {
      if (document.querySelector("dialog[open]")) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit(form.querySelector("button.first"));
        return;
      }
      const typing = event.target.matches("textarea, select, input:not([type=radio])");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const answer = answers.find((one) => one.dataset.key === event.key);
      if (answer) {
        answer.checked = true;
        answer.focus();
        follow();
      } else if (keys[event.key]) {
        event.preventDefault();
        keys[event.key]();
      }
    });

    form.addEventListener("input", follow);
    another.hidden = false;
    another.addEventListener("click", addPiece);
    const wrong = document.querySelector(".middle .wrong, .proof .wrong");
    wrong?.scrollIntoView({ block: "center" });
    follow();
    wrong?.querySelector("input, select, textarea")?.focus();
  }
}
