// The desk follows the theme that was chosen in the admin, if one was.
"use strict";
{
  const chosen = localStorage.getItem("adminTheme") ?? "";
  if (chosen.includes("dark")) document.documentElement.classList.add("dark");
  if (chosen.includes("light")) document.documentElement.classList.add("light");
}
