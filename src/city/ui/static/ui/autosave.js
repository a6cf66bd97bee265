// Saves each field as it is filled in. <form data-autosave="<address>"> sends what changed; without script the page's
// own button saves. What the server has not acknowledged stays in this tab's storage and is sent again.
const TYPING_MS = 800;
const LONGEST_WAIT_MS = 30000;

class Draft {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.key = `unsaved:${this.url}`;
    this.state = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
    this.mirror = document.querySelector("[data-save-mirror]");
    this.changed = new Map();
    this.known = new Map();
    this.wait = 1000;
    for (const field of this.fields()) this.known.set(field.name, this.valueOf(field.name));
    this.restore();
    form.addEventListener("input", (event) => this.note(event.target, TYPING_MS));
    form.addEventListener("change", (event) => this.note(event.target, 0));
    form.addEventListener("focusout", (event) => this.note(event.target, 0));
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.send());
  }

  fields() {
    const skip = (field) =>
      !field.name ||
      ["password", "file", "hidden", "submit", "button"].includes(field.type) ||
      field.hasAttribute("data-nosave");
    return [...this.form.elements].filter((field) => !skip(field));
  }

  // One name may stand on several boxes or circles: its value is what a sent form would carry.
  valueOf(name) {
    return new FormData(this.form).getAll(name).join("\n");
  }

  note(field, after) {
    if (!this.fields().includes(field)) return;
    const now = this.valueOf(field.name);
    const before = this.changed.get(field.name)?.now ?? this.known.get(field.name);
    if (now !== before) {
      this.changed.set(field.name, { was: this.known.get(field.name) ?? "", now });
      this.keep();
    }
    if (!this.changed.size) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), after);
  }

  keep() {
    try {
      if (this.changed.size) sessionStorage.setItem(this.key, JSON.stringify([...this.changed]));
      else sessionStorage.removeItem(this.key);
    } catch {
      // No storage here: the values live in the page alone.
    }
  }

  // A value that never arrived comes back, but only over the value it was typed on: newer answers win.
  restore() {
    let kept = [];
    try {
      kept = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
    } catch {
      return;
    }
    for (const [name, { was, now }] of kept) {
      if (this.known.get(name) !== was || was === now) continue;
      this.fill(name, now);
      this.changed.set(name, { was, now });
    }
    this.keep();
    if (this.changed.size) this.send();
  }

  fill(name, value) {
    const wanted = value.split("\n");
    for (const field of this.fields().filter((one) => one.name === name)) {
      if (["checkbox", "radio"].includes(field.type)) field.checked = wanted.includes(field.value);
      else field.value = value;
    }
  }

  body(sent) {
    const body = new URLSearchParams();
    const token = this.form.querySelector("[name=csrfmiddlewaretoken]");
    if (token) body.set("csrfmiddlewaretoken", token.value);
    for (const [name, { now }] of sent) body.set(name, now);
    return body;
  }

  async send() {
    clearTimeout(this.timer);
    if (!this.changed.size || this.busy) return;
    this.busy = true;
    const sent = new Map(this.changed);
    this.say("saving", "");
    try {
      const response = await fetch(this.url, {
        method: "POST",
        body: this.body(sent),
        headers: { Accept: "application/json" },
        keepalive: true,
      });
      this.busy = false;
      await this.answered(response, sent);
    } catch {
      this.busy = false;
      this.later();
    }
  }

  async answered(response, sent) {
    if (response.ok && !response.redirected) {
      this.acknowledge(sent);
    } else if (response.redirected) {
      // Led to the sign-in page: what was typed stays here and is sent when this form is opened again.
      await response.body?.cancel();
      this.say("signedOut", "warn");
    } else if (response.status >= 500 || response.status === 429) {
      this.later();
    } else {
      // The server said no for good (signed out, already sent in): it says why, and we do not ask again by ourselves.
      const problem = await response.json().catch(() => ({}));
      this.say("refused", "warn", { sentence: problem.title ?? problem.detail ?? "" });
    }
  }

  acknowledge(sent) {
    for (const [name, { now }] of sent) {
      this.known.set(name, now);
      const newer = this.changed.get(name);
      if (newer.now === now) this.changed.delete(name);
      else newer.was = now;
    }
    this.keep();
    this.wait = 1000;
    const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
    const time = new Date().toLocaleTimeString(language, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Asia/Jakarta",
    });
    this.say("saved", "ok", { time: `${time} WIB` });
    if (this.changed.size) this.timer = setTimeout(() => this.send(), TYPING_MS);
  }

  later() {
    this.say("failed", "warn");
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  say(what, tone, words = {}) {
    if (!this.state) return;
    let sentence = this.state.dataset[what] ?? "";
    for (const [name, word] of Object.entries(words)) sentence = sentence.replace(`{${name}}`, word);
    for (const place of [this.state, this.mirror]) {
      if (!place) continue;
      place.classList.remove("ok", "warn");
      if (tone) place.classList.add(tone);
      place.textContent = sentence;
    }
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Draft(form);
