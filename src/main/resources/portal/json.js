// JSON with the source kept: a number that a double cannot hold stays as it was posted.

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;

class Reader {
  constructor(text, raw) {
    this.text = text;
    this.raw = raw;
    this.at = 0;
  }

  fail() {
    throw new SyntaxError(`Not JSON at character ${this.at}`);
  }

  space() {
    SPACE.lastIndex = this.at;
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  take(character) {
    if (this.text[this.at] !== character) {
      this.fail();
    }
    this.at++;
  }

  /** The string that begins here, as it was written. */
  string() {
    const start = this.at;
    let end = start + 1;
    for (;;) {
      end = this.text.indexOf('"', end);
      if (end < 0) {
        this.fail();
      }
      let backslashes = 0;
      while (this.text[end - 1 - backslashes] === '\\') {
        backslashes++;
      }
      end++;
      if (backslashes % 2 === 0) {
        break;
      }
    }
    this.at = end;
    return this.text.slice(start, end);
  }

  number() {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (!match) {
      this.fail();
    }
    this.at = NUMBER.lastIndex;
    return match[0];
  }

  word(word) {
    if (!this.text.startsWith(word, this.at)) {
      this.fail();
    }
    this.at += word.length;
  }

  /** Past a value, whatever it is. */
  skip() {
    const start = this.at;
    let depth = 0;
    do {
      this.space();
      const c = this.text[this.at];
      if (c === '{' || c === '[') {
        depth++;
        this.at++;
      } else if (c === '}' || c === ']') {
        depth--;
        this.at++;
      } else if (c === '"') {
        this.string();
      } else if (c === ',' || c === ':') {
        this.at++;
      } else if (c === 't' || c === 'n') {
        this.at += 4;
      } else if (c === 'f') {
        this.at += 5;
      } else {
        this.number();
      }
    } while (depth > 0);
    return this.text.slice(start, this.at);
  }

  members(open, close, member) {
    this.take(open);
    this.space();
    if (this.text[this.at] === close) {
      this.at++;
      return;
    }
    for (;;) {
      this.space();
      member();
      this.space();
      if (this.text[this.at] === close) {
        this.at++;
        return;
      }
      this.take(',');
    }
  }

  name() {
    const name = JSON.parse(this.string());
    this.space();
    this.take(':');
    this.space();
    return name;
  }

  value() {
    switch (this.text[this.at]) {
      case '{': {
        const object = {};
        this.members('{', '}', () => {
          const name = this.name();
          object[name] = this.raw.has(name) ? this.skip() : this.value();
        });
        return object;
      }
      case '[': {
        const array = [];
        this.members('[', ']', () => array.push(this.value()));
        return array;
      }
      case '"':
        return JSON.parse(this.string());
      case 't':
        this.word('true');
        return true;
      case 'f':
        this.word('false');
        return false;
      case 'n':
        this.word('null');
        return null;
      default:
        return Number(this.number());
    }
  }

  /** A value as a tree: `kind`, and `text` as written, or `items` with their names. */
  tree() {
    switch (this.text[this.at]) {
      case '{': {
        const items = [];
        this.members('{', '}', () => items.push({ name: this.name(), node: this.tree() }));
        return { kind: 'object', items };
      }
      case '[': {
        const items = [];
        this.members('[', ']', () => items.push({ name: items.length, node: this.tree() }));
        return { kind: 'array', items };
      }
      case '"': {
        const text = this.string();
        return { kind: 'string', text, value: JSON.parse(text) };
      }
      case 't':
        this.word('true');
        return { kind: 'word', text: 'true' };
      case 'f':
        this.word('false');
        return { kind: 'word', text: 'false' };
      case 'n':
        this.word('null');
        return { kind: 'word', text: 'null' };
      default:
        return { kind: 'number', text: this.number() };
    }
  }

  whole(read) {
    this.space();
    const value = read.call(this);
    this.space();
    if (this.at !== this.text.length) {
      this.fail();
    }
    return value;
  }
}

const PAYLOAD = new Set(['payload']);
const NONE = new Set();

/** An answer of the API; payloads in it stay the text that they are. */
export function parseAnswer(text) {
  return new Reader(text, PAYLOAD).whole(Reader.prototype.value);
}

export function parseTree(text) {
  return new Reader(text, NONE).whole(Reader.prototype.tree);
}

/** The paths that a search can name, of a small payload. */
export function paths(text, most = 40) {
  const found = new Set();
  const walk = (node, path) => {
    if (found.size >= most) {
      return;
    }
    if (node.kind === 'object') {
      for (const { name, node: inner } of node.items) {
        if (/^[\w$-]+$/.test(name)) {
          walk(inner, `${path}.${name}`);
        }
      }
    } else if (node.kind === 'array') {
      node.items.slice(0, 3).forEach(({ node: inner }) => walk(inner, `${path}[]`));
    } else {
      found.add(path);
    }
  };
  walk(parseTree(text), 'payload');
  return [...found];
}

/** Written with two spaces a level, numbers and strings as they were. */
export function pretty(node, indent = '') {
  if (node.kind !== 'object' && node.kind !== 'array') {
    return node.text;
  }
  const [open, close] = node.kind === 'object' ? '{}' : '[]';
  if (!node.items.length) {
    return open + close;
  }
  const inner = `${indent}  `;
  const lines = node.items.map(({ name, node: child }) =>
    inner + (node.kind === 'object' ? `${JSON.stringify(name)}: ` : '') + pretty(child, inner));
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
