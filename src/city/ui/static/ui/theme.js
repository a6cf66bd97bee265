// Runs before the first paint, so that a chosen theme never flashes. Without script the system's choice holds.
"use strict";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is closed to us (private mode): the system's choice holds.
}
