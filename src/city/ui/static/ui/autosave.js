// Saves each field as it is filled in. <form data-autosave="<address>"> sends what changed; without script the page's
// own button saves. What the server has not acknowledged stays in this tab's storage and is sent again; without a line
// it goes to the outbox as well, which keeps it when the tab is closed and delivers it once. Beside a field stands what
// was drawn in it (drawn-<name>) and what this tab has sent since and heard nothing of (sent-<name>), so that the server
// can tell a newer answer from elsewhere. The server's answer: errors (sentences by field), unkept (names of fields that
// were not kept) and drawn (what stands there now).
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
    this.lost = new Map(); // not kept, with why; one that was overtaken waits for the button, which asks her first
    this.wait = 1000;
    for (const field of this.fields()) this.known.set(field.name, this.valueOf(field.name));
    this.restore();
    this.takeUp().catch(() => undefined);
    outbox.listen((told) => this.heard(told));
    form.addEventListener("submit", (event) => this.leave(event));
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
    if (!this.fields().includes(field) || this.lost.get(field.name)?.overtaken) return;
    const now = this.valueOf(field.name);
    const earlier = this.changed.get(field.name);
    const before = earlier?.now ?? this.lost.get(field.name)?.now ?? this.known.get(field.name);
    if (now !== before) {
      this.changed.set(field.name, { ...earlier, was: this.known.get(field.name) ?? "", now });
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
    for (const [name, { now }] of sent) {
      body.set(name, now);
      for (const own of this.carried(name)) body.append(own.name, own.value);
    }
    return body;
  }

  // The hidden fields that tell of a field what was drawn and sent.
  carried(name) {
    return [...this.form.querySelectorAll("input[type=hidden]")].filter((one) =>
      [`drawn-${name}`, `sent-${name}`].includes(one.name),
    );
  }

  carry(prefix, name, value) {
    const own = document.createElement("input");
    Object.assign(own, { type: "hidden", name: `${prefix}-${name}`, value });
    this.form.append(own);
  }

  // Until the server has answered, the button's own sending must say that this value came from here.
  remember(sent) {
    for (const [name, { now }] of sent) {
      const carried = this.carried(name);
      if (carried.length && !carried.some((one) => one.value === now)) this.carry("sent", name, now);
    }
  }

  redraw(name, digest) {
    for (const own of this.carried(name)) own.remove();
    this.carry("drawn", name, digest);
  }

  async send() {
    clearTimeout(this.timer);
    if (!this.changed.size || this.busy) return;
    if (this.waiting || !navigator.onLine) return this.later();
    this.busy = true;
    const sent = new Map(this.changed);
    this.say("saving", "");
    const body = this.body(sent);
    this.remember(sent);
    try {
      const response = await fetch(this.url, {
        method: "POST",
        body,
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
      this.acknowledge(sent, await response.json().catch(() => ({})));
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

  acknowledge(sent, { errors = {}, unkept = [], drawn = {} } = {}) {
    for (const [name, { now }] of sent) {
      if (drawn[name]) this.redraw(name, drawn[name]);
      if (unkept.includes(name)) this.lose(name, { now, sentence: errors[name], overtaken: name in drawn });
      else this.kept(name, now, errors[name]);
    }
    this.keep();
    this.wait = 1000;
    if (this.lost.size) this.say("refused", "warn", { sentence: [...this.lost.values()][0].sentence });
    else this.saySaved();
    if (this.changed.size) this.timer = setTimeout(() => this.send(), TYPING_MS);
  }

  kept(name, now, error) {
    this.known.set(name, now);
    this.lost.delete(name);
    if (now && !error) this.tell(name, "");
    const newer = this.changed.get(name);
    if (!newer) return;
    if (newer.now === now) this.changed.delete(name);
    else Object.assign(newer, { was: now, bases: undefined });
  }

  // Not sent again by itself: the field says why, and what she typed stays in it.
  lose(name, why) {
    this.lost.set(name, why);
    this.tell(name, why.sentence);
    if (why.overtaken || this.changed.get(name)?.now === why.now) this.changed.delete(name);
  }

  // The sentence beside a field, as the server draws it.
  tell(name, sentence) {
    const place = this.form.querySelector(`[data-field="${name}"]`);
    if (!place) return;
    const top = place.querySelector("label, legend");
    const field = place.matches("fieldset") ? place : place.querySelector("input, select, textarea");
    const hint = place.querySelector(".hint");
    place.querySelector(".why")?.remove();
    place.classList.toggle("wrong", Boolean(sentence));
    field.removeAttribute("aria-invalid");
    if (sentence) {
      const why = document.createElement("p");
      Object.assign(why, { className: "why", id: `${field.id || top.id}-error`, textContent: sentence });
      (hint ?? top).after(why);
      if (field !== place) field.setAttribute("aria-invalid", "true");
    }
    const words = [...place.querySelectorAll(".hint, .why")].map((one) => one.id).join(" ");
    if (words) field.setAttribute("aria-describedby", words);
    else field.removeAttribute("aria-describedby");
  }

  saySaved() {
    const language = document.documentElement.lang === "en" ? "en-GB" : "id-ID";
    const time = new Date().toLocaleTimeString(language, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "Asia/Jakarta",
    });
    this.say("saved", "ok", { time: `${time} WIB` });
  }

  async later() {
    this.busy = true;
    const kept = await this.keepInPhone().catch(() => false);
    this.busy = false;
    this.say(kept ? "inPhone" : "failed", "warn");
    if (kept) outbox.now().catch(() => undefined);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(LONGEST_WAIT_MS, this.wait * 2);
  }

  // ── Without a line ──

  get thing() {
    return `answers:${location.pathname}`;
  }

  // What has not arrived, all of it, under a new key when it is not what was kept before.
  async keepInPhone() {
    const same = this.waiting && [...this.changed].every(([name, { now }]) => this.waiting.sent.get(name)?.now === now);
    if (same) return true;
    for (const [name, { now }] of this.waiting?.sent ?? []) this.changed.get(name)?.bases?.push(now);
    for (const change of this.changed.values()) change.bases ??= [change.was];
    const fields = [...this.changed].map(([name, { now, bases }]) => [name, { now, bases: [...bases] }]);
    const thing = { id: this.thing, kind: "answers", key: crypto.randomUUID(), url: this.url, fields };
    thing.owner = document.body.dataset.reader ?? "";
    if (!(await outbox.keep(thing))) return false;
    this.waiting = { key: thing.key, sent: new Map(this.changed) };
    this.remember(this.waiting.sent);
    return true;
  }

  // What an earlier visit left here is shown again, unless somebody answered otherwise since.
  async takeUp() {
    const thing = await outbox.get(this.thing);
    if (!thing || thing.owner !== document.body.dataset.reader) return;
    if (thing.refused !== undefined) {
      await outbox.drop(thing);
      this.say("refused", "warn", { sentence: thing.refused });
      return;
    }
    for (const [name, { now, bases }] of thing.fields) {
      const shown = this.changed.get(name)?.now ?? this.known.get(name);
      if (shown === now || !bases.includes(this.known.get(name)) || this.changed.has(name)) continue;
      this.fill(name, now);
      this.changed.set(name, { was: this.known.get(name), now, bases });
    }
    this.waiting = { key: thing.key, sent: new Map(this.changed) };
    this.remember(this.waiting.sent);
    this.say("inPhone", "warn");
    await outbox.now();
  }

  // The outbox has been at it: here, in another tab, or in the worker.
  heard({ id, key, became, sentence }) {
    if (id !== this.thing || key !== this.waiting?.key) return;
    const { sent } = this.waiting;
    if (became === "delivered") {
      this.waiting = undefined;
      this.acknowledge(sent);
    } else if (became === "refused") {
      this.waiting = undefined;
      clearTimeout(this.timer);
      this.say("refused", "warn", { sentence });
    } else {
      this.say(became, "warn");
    }
  }

  // The button without a line: nothing to send it with, and nothing lost.
  leave(event) {
    if (navigator.onLine || !outbox.possible) return;
    event.preventDefault();
    for (const field of this.fields()) this.note(field, 0);
    if (this.changed.size) this.send();
    else this.say("noLine", "warn");
    this.state?.scrollIntoView({ block: "center" });
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
