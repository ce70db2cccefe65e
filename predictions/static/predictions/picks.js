// A pick list is named by its field's label, which the list itself leaves out.
"use strict";
// After all that was to be done when the page was ready: a list may have been made anew there.
window.addEventListener("load", () => django.jQuery(() => document.querySelectorAll("select.admin-autocomplete").forEach((select) => {
  const [label] = select.labels;
  if (!label || !select.nextElementSibling) return;
  label.id ||= `${select.id}_label`;
  select.nextElementSibling.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field").forEach((part) => {
    part.setAttribute("aria-labelledby", `${label.id} select2-${select.id}-container`);
  });
})));
