// What was typed and chosen without a line waits in this phone and is delivered once. Used by pages and by the service
// worker, which may both try at the same moment: one lock lets one of them work, and each thing has a key that the city
// remembers. A thing is its owner's alone: it is sent in nobody else's session, and goes when somebody else signs in.
//
// answers: { id, kind, owner, key, since, url, fields: [[name, { now, bases }]] }; `bases` are the values it may replace
// file:    { id, kind, owner, key, since, ticketUrl, doneUrl, uploads, file, name, location }
const OUTBOX = "outbox";
const WHO = "/ponsel";
const KEPT_FOR_MS = 7 * 24 * 3600 * 1000;

function settled(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

class Outbox {
  get possible() {
    return "indexedDB" in self && "locks" in navigator && "BroadcastChannel" in self;
  }

  async store(mode, work) {
    const request = indexedDB.open(OUTBOX, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("things", { keyPath: "id" });
    const database = await settled(request);
    try {
      const change = database.transaction("things", mode);
      const over = new Promise((done, failed) => {
        change.oncomplete = done;
        change.onabort = () => failed(change.error);
      });
      const found = await work(change.objectStore("things"));
      await over;
      return found;
    } finally {
      database.close();
    }
  }

  // False when the phone could not keep it: full, private mode, or no such storage.
  async keep(thing) {
    if (!this.possible || !thing.owner) return false;
    try {
      await this.store("readwrite", (things) => settled(things.put({ since: Date.now(), ...thing })));
      return true;
    } catch {
      return false;
    }
  }

  async get(id) {
    return this.possible ? this.store("readonly", (things) => settled(things.get(id))) : undefined;
  }

  async all() {
    return this.possible ? this.store("readonly", (things) => settled(things.getAll())) : [];
  }

  // What is changed or dropped is the thing as it was read: a newer one has another key and stays.
  async amend(thing) {
    await this.store("readwrite", async (things) => {
      const now = await settled(things.get(thing.id));
      if (now?.key === thing.key) await settled(things.put(thing));
    });
  }

  async drop({ id, key }) {
    await this.store("readwrite", async (things) => {
      const now = await settled(things.get(id));
      if (now?.key === key) await settled(things.delete(id));
    });
  }

  async clear() {
    if (this.possible) await this.store("readwrite", (things) => settled(things.clear()));
  }

  async forgetOthers(reader) {
    for (const thing of await this.all()) {
      if (thing.owner !== reader || Date.now() - thing.since > KEPT_FOR_MS) await this.drop(thing);
    }
  }

  alone(work) {
    return navigator.locks.request(OUTBOX, work);
  }

  tell(thing, became, sentence = "") {
    const channel = new BroadcastChannel(OUTBOX);
    channel.postMessage({ id: thing.id, key: thing.key, became, sentence });
    channel.close();
  }

  listen(hear) {
    if (this.possible) new BroadcastChannel(OUTBOX).addEventListener("message", (event) => hear(event.data));
  }

  // Now, by the worker where there is one: it goes on when this page is closed. The browser also wakes it by itself.
  async now() {
    if (!this.possible) return;
    const worker = navigator.serviceWorker?.controller;
    if (!worker) {
      if (typeof Tus === "function") await this.deliver().catch(() => undefined);
      return;
    }
    worker.postMessage("deliver");
    const registration = await navigator.serviceWorker.ready;
    await registration.sync?.register(OUTBOX).catch(() => undefined);
  }

  // Everything that waits, one after the other. Throws when the line is lost: the rest waits on.
  deliver() {
    return this.alone(async () => {
      const waiting = (await this.all()).filter((thing) => thing.refused === undefined);
      if (!waiting.length) return;
      const { reader, proof } = await this.who();
      if (reader) await this.forgetOthers(reader);
      for (const thing of waiting) {
        if (!reader) this.tell(thing, "signedOut");
        else if (thing.owner === reader) await this.deliverOne(thing, proof);
      }
    });
  }

  async who() {
    const response = await fetch(WHO, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) throw new Error(`who ${response.status}`);
    return response.json();
  }

  async deliverOne(thing, proof) {
    try {
      await (thing.kind === "file" ? this.sendFile(thing, proof) : this.sendAnswers(thing, proof));
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      await this.amend({ ...thing, refused: problem.message });
      this.tell(thing, "refused", problem.message);
      return;
    }
    await this.drop(thing);
    this.tell(thing, "delivered");
  }

  async post(thing, url, body, proof) {
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual", // led to the sign-in page: not taken
      headers: {
        Accept: "application/json",
        "X-CSRFToken": proof,
        "X-Reader": thing.owner,
        "Idempotency-Key": thing.key,
      },
    });
    if (response.ok) return;
    if (response.type === "opaqueredirect" || response.status >= 500 || response.status === 429) throw new Error(`delivery ${response.status}`);
    const problem = await response.json().catch(() => ({}));
    throw new Refused(problem.title ?? problem.detail ?? "");
  }

  sendAnswers(thing, proof) {
    const body = new URLSearchParams();
    for (const [name, { now, bases }] of thing.fields) {
      body.set(name, now);
      for (const base of bases) body.append(`sent-${name}`, base);
    }
    return this.post(thing, thing.url, body, proof);
  }

  async sendFile(thing, proof) {
    const tus = new Tus(thing.file, thing.name, thing.uploads, thing.location);
    tus.ticket = await this.ticket(thing);
    await (tus.location ? tus.find() : tus.begin());
    await this.amend({ ...thing, location: tus.location });
    while (!tus.whole) await tus.push();
    await this.post(thing, thing.doneUrl, new URLSearchParams({ file: tus.id }), proof);
  }

  async ticket(thing) {
    const response = await fetch(thing.ticketUrl, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.status >= 500) throw new Error(`ticket ${response.status}`);
    const told = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(told.title ?? told.detail ?? "");
    return told.ticket;
  }
}

const outbox = new Outbox();
