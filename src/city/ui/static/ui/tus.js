// One file on its way to the uploads process: the tus 1.0 subset it speaks. Used by a page and by the service worker.
// The caller answers for tickets, for waiting, and for what is said.
const SMALLEST_PIECE = 64 * 1024;
const LARGEST_PIECE = 4 * 1024 * 1024;

class Refused extends Error {}
class TicketSpent extends Error {}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

class Tus {
  // `uploads` is the address of the uploads process, `location` that of a file begun before.
  constructor(file, name, uploads, location = null) {
    Object.assign(this, { file, name, uploads, location, offset: 0, piece: 256 * 1024 });
  }

  get whole() {
    return this.offset >= this.file.size;
  }

  get id() {
    return this.location.split("/").pop();
  }

  async ask(method, address, headers = {}, body = undefined) {
    this.stopper = new AbortController();
    const response = await fetch(address, {
      method,
      headers: { "Tus-Resumable": "1.0.0", Authorization: `Ticket ${this.ticket}`, ...headers },
      body,
      signal: this.stopper.signal,
    });
    if (response.status === 401) throw new TicketSpent();
    if ([400, 403, 413, 415, 422].includes(response.status)) {
      const problem = await response.json().catch(() => ({}));
      throw new Refused(problem.title ?? problem.detail ?? "");
    }
    return response;
  }

  async begin() {
    const type = this.file.type || "application/octet-stream";
    const response = await this.ask("POST", new URL("files", this.uploads), {
      "Upload-Length": String(this.file.size),
      "Upload-Metadata": `filename ${base64(this.name)},filetype ${base64(type)}`,
    });
    if (!response.ok) throw new Error(`begin ${response.status}`);
    this.location = new URL(response.headers.get("Location"), this.uploads).href;
    this.offset = Number(response.headers.get("Upload-Offset") ?? 0);
  }

  // Where a file begun before stopped; one that the city no longer knows is begun anew.
  async find() {
    const response = await this.ask("HEAD", this.location);
    if (response.status === 404 || response.status === 410) return this.begin();
    if (!response.ok) throw new Error(`find ${response.status}`);
    this.offset = Number(response.headers.get("Upload-Offset"));
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

  slower() {
    this.piece = Math.max(SMALLEST_PIECE, this.piece / 2);
  }
}
