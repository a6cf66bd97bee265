// Installs the worker that answers without a line, and sees to what waits in this phone. Without it every page works.
const reader = document.body.dataset.reader ?? "";
const signOut = document.body.dataset.signOut ?? "";
const PATIENCE_MS = 5000;

if ("serviceWorker" in navigator) {
  // After the page itself, so that a slow line carries first what is read first.
  addEventListener("load", () => {
    navigator.serviceWorker.register("/pekerja.js", { updateViaCache: "none" }).catch(() => undefined);
  });
}

// What a tab keeps of a form goes with its reader, as the outbox does.
function forgetTab() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith("unsaved:") || key.startsWith("upload:")) sessionStorage.removeItem(key);
  }
}

async function lookAfter() {
  if (reader) {
    if ((sessionStorage.getItem("reader") ?? reader) !== reader) forgetTab();
    sessionStorage.setItem("reader", reader);
    await outbox.forgetOthers(reader);
  }
  if ((await outbox.all()).length) await outbox.now();
}
const quietly = () => lookAfter().catch(() => undefined);
quietly();
addEventListener("online", quietly);
navigator.serviceWorker?.addEventListener("controllerchange", quietly);

// Nothing of hers stays in a phone that others use: what waits is sent first, then it goes, asked about if it could not.
async function sentMeanwhile() {
  const until = Date.now() + PATIENCE_MS;
  await outbox.now();
  while (navigator.onLine && Date.now() < until) {
    if (!(await outbox.all()).some((thing) => thing.refused === undefined)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function leave(form) {
  if ((await outbox.all()).length) await sentMeanwhile();
  if ((await outbox.all()).length && !confirm(document.body.dataset.signOutWords)) {
    delete form.dataset.leaving;
    return;
  }
  await outbox.clear();
  forgetTab();
  sessionStorage.removeItem("reader");
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!signOut || new URL(form.action, location).pathname !== signOut) return;
  event.preventDefault();
  if (form.dataset.leaving) return;
  form.dataset.leaving = "yes";
  leave(form).catch(() => form.submit());
}, true);

// The page without a line tells how much waits here.
const told = document.querySelector("[data-kept-here]");
if (told) {
  const things = await outbox.all().catch(() => []);
  told.hidden = !things.length;
  told.querySelector("[data-kept-count]").textContent = String(things.length);
}
