// Files that survive a lost line: the tus 1.0 subset of our uploads process. Without this script the same form posts
// the file in one piece. Limits stand on the row before the choice and are checked here before a byte is sent.
const words = document.getElementById("upload-words")?.dataset ?? {};
const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
const LONGEST_WAIT_MS = 30000;

function size(bytes) {
  const [step, unit] = bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${(bytes / step).toLocaleString(language, { maximumFractionDigits: unit === "MB" ? 1 : 0 })}\u00a0${unit}`;
}

function say(sentence = "", values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), sentence);
}

// "image/jpeg,.pdf" as a file field writes it; a phone that names no type is let through, the server looks inside.
function accepted(file, accept) {
  if (!accept || !file.type) return true;
  const name = file.name.toLowerCase();
  return accept.split(",").some((one) => {
    const kind = one.trim().toLowerCase();
    if (kind.startsWith(".")) return name.endsWith(kind);
    return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  });
}

class Upload {
  constructor(form) {
    this.form = form;
    this.row = document.getElementById(form.dataset.row);
    this.input = form.querySelector("input[type=file]");
    this.pauser = form.querySelector("[data-pause]");
    this.input.addEventListener("change", () => this.choose(this.input.files[0]));
    this.pauser.addEventListener("click", () => (this.running ? this.pause() : this.run()));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.classList.add("live");
  }

  part(name) {
    return this.row.querySelector(`[data-${name}]`);
  }

  choose(file) {
    if (!file) return;
    const limit = Number(this.form.dataset.max ?? 0);
    const limits = this.form.dataset.limits ?? "";
    this.complain("");
    if (file.size === 0) this.complain(words.empty);
    else if (limit && file.size > limit) this.complain(say(words.tooLarge, { size: size(file.size), limit: size(limit) }));
    else if (!accepted(file, this.input.accept)) this.complain(say(words.wrongType, { limits }));
    else {
      this.forgetKept();
      this.file = file;
      this.tus = new Tus(file, file.name, this.form.action, this.remembered());
      this.run();
      return;
    }
    this.input.value = "";
  }

  // The same file chosen again after a reload goes on where it stopped.
  get memory() {
    return `upload:${this.form.action}:${this.row.id}:${this.file.name}:${this.file.size}:${this.file.lastModified}`;
  }

  remembered() {
    try {
      return sessionStorage.getItem(this.memory);
    } catch {
      return null;
    }
  }

  remember(location) {
    try {
      if (location) sessionStorage.setItem(this.memory, location);
      else sessionStorage.removeItem(this.memory);
    } catch {
      // No storage: after a reload the file starts again.
    }
  }

  // A ticket lives for a short while only; the page draws a fresh one. False when it gave none, or the same again.
  async renew() {
    const page = await newestPage().catch(() => null);
    const fresh = page?.querySelector(`form[data-row="${this.form.dataset.row}"] [name=ticket]`)?.value;
    const ticket = this.form.elements.ticket;
    if (!fresh || fresh === ticket.value) return false;
    ticket.value = fresh;
    return true;
  }

  async run() {
    this.running = true;
    let wait = 1000;
    this.show(words.sending);
    while (this.running) {
      try {
        if (await this.turn()) await this.finish();
        return;
      } catch (problem) {
        if (!this.running) return;
        if (problem instanceof Refused) return this.stop(problem.message || words.refused);
        if (problem instanceof TicketSpent && !(await this.renew())) return this.stop(words.refused);
        this.tus.slower();
        await this.keepInPhone();
        this.show(this.kept ? words.inPhone : words.waiting);
        await this.rest(wait);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
      }
    }
  }

  // One try to send the rest; false when it was paused. While it lasts the worker does not send the same file: where
  // one of the two has brought it over, there is nothing left to do for the other.
  async turn() {
    if (!this.kept) return this.send();
    return outbox.alone(async () => ((await outbox.get(this.kept.id))?.key === this.kept.key ? this.send() : this.running));
  }

  async send() {
    this.tus.ticket = this.form.elements.ticket.value;
    await (this.tus.location ? this.tus.find() : this.tus.begin());
    this.remember(this.tus.location);
    while (this.running && !this.tus.whole) {
      this.show(words.sending);
      await this.tus.push();
    }
    if (!this.running) return false;
    this.show(words.done);
    if (this.form.dataset.doneUrl) await this.tell();
    if (this.kept) await outbox.drop(this.kept);
    return true;
  }

  // Without a line the file itself stays in this phone, so that it is sent even when this page is closed.
  async keepInPhone() {
    const { ticketUrl, doneUrl } = this.form.dataset;
    if (this.kept || !ticketUrl) return;
    const thing = {
      id: this.thing,
      kind: "file",
      owner: document.body.dataset.reader ?? "",
      key: crypto.randomUUID(),
      ticketUrl,
      doneUrl,
      uploads: this.form.action,
      file: this.file,
      name: this.file.name,
      location: this.tus.location,
    };
    if (await outbox.keep(thing)) this.kept = thing;
  }

  forgetKept() {
    if (this.kept) outbox.drop(this.kept).catch(() => undefined);
    this.kept = undefined;
  }

  get thing() {
    return `file:${this.form.dataset.doneUrl}`;
  }

  // A file that an earlier visit left here goes on.
  async takeUp() {
    const thing = this.form.dataset.ticketUrl ? await outbox.get(this.thing) : undefined;
    if (!thing || this.file || thing.owner !== document.body.dataset.reader) return;
    this.kept = thing;
    this.file = thing.file;
    this.tus = new Tus(thing.file, thing.name, thing.uploads, thing.location);
    if (thing.refused === undefined) await this.run();
    else this.stop(thing.refused || words.refused);
  }

  // Waits, but not longer than until the line is back or the worker has been at it.
  rest(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      const now = () => (clearTimeout(timer), done());
      addEventListener("online", now, { once: true });
      addEventListener("outbox", now, { once: true });
    });
  }

  pause() {
    this.running = false;
    this.tus.stopper?.abort();
    this.forgetKept(); // who pauses wants nothing sent, not by the worker either
    this.show(words.paused);
    this.pauser.textContent = words.resume;
  }

  show(sentence) {
    const percent = Math.floor((100 * this.tus.offset) / this.file.size);
    const values = { percent, sent: size(this.tus.offset), size: size(this.file.size) };
    const box = this.part("progress");
    box.hidden = false;
    box.querySelector("progress").value = percent;
    this.part("progress-words").textContent = say(sentence, values);
    const left = !this.tus.whole ? say(words.sentOf, values) : values.size;
    this.part("progress-note").textContent = `${this.tus.name}, ${left}`;
    // Read aloud at quarters only: a live region that counts to a hundred says nothing.
    const quarter = Math.floor(percent / 25);
    if (sentence !== words.sending || quarter !== this.quarter) this.part("upload-status").textContent = say(sentence, values);
    this.quarter = quarter;
    this.row.classList.remove("wait", "bad");
    this.pauser.hidden = false;
    this.pauser.textContent = this.running ? words.pause : words.resume;
    this.form.classList.add("sending");
  }

  stop(sentence) {
    this.running = false;
    this.forgetKept();
    this.remember(null);
    this.part("progress").hidden = true;
    this.pauser.hidden = true;
    this.form.classList.remove("sending");
    this.input.value = "";
    this.complain(sentence);
  }

  complain(sentence) {
    const place = this.part("upload-error");
    place.hidden = !sentence;
    place.textContent = sentence;
    this.part("upload-status").textContent = sentence;
    this.row.classList.toggle("bad", Boolean(sentence));
  }

  async finish() {
    this.pauser.hidden = true;
    this.remember(null);
    this.kept = undefined;
    this.form.classList.remove("sending");
    await refresh([this.row.id]);
  }

  // The page's own server learns that the file is whole; told twice, it answers the same.
  async tell() {
    const body = new URLSearchParams({ file: this.tus.id });
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) body.set("csrfmiddlewaretoken", token.value);
    const headers = { Accept: "application/json" };
    const response = await fetch(this.form.dataset.doneUrl, { method: "POST", body, headers, redirect: "manual" });
    if (response.ok || response.type === "opaqueredirect") return;
    const problem = await response.json().catch(() => ({}));
    if (response.status < 500) throw new Refused(problem.title ?? words.refused);
    throw new Error(`tell ${response.status}`);
  }
}

async function newestPage() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`page ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Puts the server's newest drawing of these rows in place; a row being uploaded is left alone.
async function refresh(ids) {
  const page = await newestPage();
  for (const id of ids) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (!fresh || !old || old.querySelector("form.sending")) continue;
    const said = fresh.querySelector(".state, .why")?.textContent ?? "";
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    start(fresh);
    fresh.querySelector("[data-upload-status]").textContent = said;
    if (focused) fresh.querySelector("a, button, input:not([type=hidden])")?.focus();
  }
}

// Rows whose file is still being checked ask again, more and more rarely, until none is left.
let watching = false;
async function watch(wait) {
  const ids = [...document.querySelectorAll("[data-file-row][data-poll]")].map((row) => row.id);
  watching = ids.length > 0;
  if (!watching) return;
  await refresh(ids).catch(() => undefined);
  setTimeout(watch, wait, Math.min(LONGEST_WAIT_MS, wait * 1.5));
}

function start(place) {
  for (const form of place.querySelectorAll("form[data-upload]")) new Upload(form).takeUp().catch(() => undefined);
  if (watching || !document.querySelector("[data-file-row][data-poll]")) return;
  watching = true;
  setTimeout(watch, 1000, 1500);
}

start(document);
outbox.listen(() => dispatchEvent(new Event("outbox")));
