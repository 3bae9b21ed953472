/** What happened. `cursor` is the log's position of an `event.accepted`, else null. */
export interface StreamEvent {
  readonly kind: string;
  readonly data: unknown;
  readonly cursor: string | null;
}

/** Lines in, events out (the HTML standard, §9.2.6). */
export class Parser {
  cursor: string | null = null;
  /** Seconds. */
  retry = 1;
  private kind = "";
  private data: string[] = [];
  private id: string | null = null;

  line(line: string): StreamEvent | null {
    if (line === "") {
      return this.end();
    }
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") {
      this.kind = value;
    } else if (name === "data") {
      this.data.push(value);
    } else if (name === "id" && !value.includes("\0")) {
      this.id = value;
    } else if (name === "retry" && /^[0-9]{1,9}$/.test(value)) {
      this.retry = Number(value) / 1000;
    }
    return null;
  }

  private end(): StreamEvent | null {
    const kind = this.kind || "message";
    const text = this.data.join("\n");
    const cursor = this.id;
    this.kind = "";
    this.data = [];
    this.id = null;
    if (cursor) {
      this.cursor = cursor;
    }
    if (!text) {
      return null;
    }
    let data: unknown = text;
    try {
      data = JSON.parse(text);
    } catch {
      // Stays a text.
    }
    return { kind, data, cursor };
  }
}
