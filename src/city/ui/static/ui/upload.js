// Files that survive a lost line: the tus 1.0 subset of our uploads process. Without this script the same form posts
// the file in one piece. Limits stand on the row before the choice and are checked here before a byte is sent.
const words = document.getElementById("upload-words")?.dataset ?? {};
const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
const SMALLEST_PIECE = 64 * 1024;
const LARGEST_PIECE = 4 * 1024 * 1024;
const LONGEST_WAIT_MS = 30000;

class Refused extends Error {}
class TicketSpent extends Error {}

function size(bytes) {
  const [step, unit] = bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${(bytes / step).toLocaleString(language, { maximumFractionDigits: unit === "MB" ? 1 : 0 })}\u00a0${unit}`;
}

function say(sentence = "", values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), sentence);
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
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
    this.piece = 256 * 1024;
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
      this.file = file;
      this.offset = 0;
      this.location = this.remembered();
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
    this.location = location;
    try {
      if (location) sessionStorage.setItem(this.memory, location);
      else sessionStorage.removeItem(this.memory);
    } catch {
      // No storage: after a reload the file starts again.
    }
  }

  async ask(method, address, headers = {}, body = undefined) {
    const ticket = this.form.elements.ticket.value;
    this.stopper = new AbortController();
    const response = await fetch(address, {
      method,
      headers: { "Tus-Resumable": "1.0.0", Authorization: `Ticket ${ticket}`, ...headers },
      body,
      signal: this.stopper.signal,
    });
    if (response.status === 401) throw new TicketSpent();
    if ([400, 403, 413, 415, 422].includes(response.status)) {
      const problem = await response.json().catch(() => ({}));
      throw new Refused(problem.title ?? problem.detail ?? words.refused);
    }
    return response;
  }

  async begin() {
    const type = this.file.type || "application/octet-stream";
    const response = await this.ask("POST", new URL("files", this.form.action), {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": `filename ${base64(this.file.name)},filetype ${base64(type)}`,
    });
    if (!response.ok) throw new Error(`begin ${response.status}`);
    this.remember(new URL(response.headers.get("Location"), this.form.action).href);
    this.offset = Number(response.headers.get("Upload-Offset") ?? 0);
  }

  async find() {
    const response = await this.ask("HEAD", this.location);
    if (response.status === 404 || response.status === 410) {
      this.remember(null);
      await this.begin();
    } else if (response.ok) {
      this.offset = Number(response.headers.get("Upload-Offset"));
    } else {
      throw new Error(`find ${response.status}`);
    }
  }

  async push() {
    const started = performance.now();
    const piece = this.file.slice(this.offset, this.offset + this.piece);
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset) };
    const response = await this.ask("PATCH", this.location, headers, piece);
    if (!response.ok) throw new Error(`push ${response.status}`);
    this.offset = Number(response.headers.get("Upload-Offset") ?? this.offset + piece.size);
    if (performance.now() - started < 1000) this.piece = Math.min(LARGEST_PIECE, this.piece * 2);
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
        await (this.location ? this.find() : this.begin());
        while (this.running && this.offset < this.file.size) {
          this.show(words.sending);
          await this.push();
          wait = 1000;
        }
        if (this.running) await this.finish();
        return;
      } catch (problem) {
        if (!this.running) return;
        if (problem instanceof Refused) return this.stop(problem.message);
        if (problem instanceof TicketSpent && !(await this.renew())) return this.stop(words.refused);
        this.piece = Math.max(SMALLEST_PIECE, this.piece / 2);
        this.show(words.waiting);
        await this.rest(wait);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
      }
    }
  }

  // Waits, but not longer than until the line is back.
  rest(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
    });
  }

  pause() {
    this.running = false;
    this.stopper?.abort();
    this.show(words.paused);
    this.pauser.textContent = words.resume;
  }

  show(sentence) {
    const percent = Math.floor((100 * this.offset) / this.file.size);
    const values = { percent, sent: size(this.offset), size: size(this.file.size) };
    const box = this.part("progress");
    box.hidden = false;
    box.querySelector("progress").value = percent;
    this.part("progress-words").textContent = say(sentence, values);
    const left = this.offset < this.file.size ? say(words.sentOf, values) : values.size;
    this.part("progress-note").textContent = `${this.file.name}, ${left}`;
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
    this.show(words.done);
    this.pauser.hidden = true;
    if (this.form.dataset.doneUrl) await this.tell();
    this.remember(null);
    this.form.classList.remove("sending");
    await refresh([this.row.id]);
  }

  // The page's own server learns that the file is whole; told twice, it answers the same.
  async tell() {
    const body = new URLSearchParams({ file: this.location.split("/").pop() });
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
  for (const form of place.querySelectorAll("form[data-upload]")) new Upload(form);
  if (watching || !document.querySelector("[data-file-row][data-poll]")) return;
  watching = true;
  setTimeout(watch, 1000, 1500);
}

start(document);
