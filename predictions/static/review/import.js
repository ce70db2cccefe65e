// A file that is too large is refused before it is sent.

const file = document.querySelector("input[type=file][data-largest]");

file?.addEventListener("change", () => {
  const large = file.files[0] && file.files[0].size > Number(file.dataset.largest);
  const field = file.closest(".field");
  field.querySelector(".errors")?.remove();
  field.classList.toggle("wrong", Boolean(large));
  if (!large) return;
  const note = document.createElement("p");
  note.className = "errors";
  note.setAttribute("role", "alert");
  note.textContent = file.dataset.refusal;
  field.append(note);
  file.value = "";
});
