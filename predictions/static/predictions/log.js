// The live reading: what is typed is sent, a moment later, to be read; the answer is drawn by the server.
"use strict";
{
  const form = document.querySelector("[data-reading]");
  const boxes = form.querySelectorAll("[data-reading-box]");
  const asked = [...form.querySelectorAll("[data-ask]")];
  const phrase = asked.find((field) => field.dataset.ask === "horizon_text");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let timer, latest = 0;

  async function read() {
    const mine = ++latest;
    const body = new FormData();
    asked.forEach((field) => body.set(field.dataset.ask, field.value));
    boxes.forEach((box) => box.setAttribute("aria-busy", "true"));
    const answer = await fetch(form.dataset.reading, { method: "POST", body, headers: { "X-CSRFToken": token } })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null); // offline: the box stays as it was, and saving reads the words again
    if (mine !== latest) return;
    boxes.forEach((box) => {
      if (answer) box.innerHTML = answer.html;
      box.removeAttribute("aria-busy");
    });
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(read, 250);
  }

  asked.forEach((field) => field.addEventListener("input", soon));
  form.addEventListener("click", (event) => {
    const found = event.target.closest("[data-phrase]");
    if (!found) return;
    phrase.value = found.dataset.phrase;
    phrase.focus();
    read();
  });
  if (asked.some((field) => field.value && ["quote", "said_on"].includes(field.dataset.ask))) read();

  // "Says again" offers only what the chosen speaker said earlier.
  const again = document.getElementById("id_says_again");
  const speaker = document.getElementById("id_speaker");
  if (again && speaker) {
    const { appLabel, modelName, fieldName } = again.dataset;
    django.jQuery(() => django.jQuery(again).select2({
      ajax: {
        data: ({ term, page }) => ({
          term, page, speaker: speaker.value, app_label: appLabel, model_name: modelName, field_name: fieldName,
        }),
      },
    }));
  }
}
