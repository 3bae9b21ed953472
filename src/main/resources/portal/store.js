// Values that tell when they change, and scopes that end what was begun in them.

/**
 * @template T
 * @param {T} value
 */
export function signal(value) {
  const listeners = new Set();
  return {
    get: () => value,
    /** @param {T} next */
    set(next) {
      if (next !== value) {
        value = next;
        for (const listener of [...listeners]) {
          listener(value);
        }
      }
    },
    /** Calls now and at each change, until the scope ends. */
    watch(scope, listener) {
      listeners.add(listener);
      scope.end(() => listeners.delete(listener));
      listener(value);
    },
  };
}

/** What a view holds: listeners, timers, requests. Closing it ends them all. */
export class Scope {
  #ends = [];
  #abort = new AbortController();

  get signal() {
    return this.#abort.signal;
  }

  get closed() {
    return this.#abort.signal.aborted;
  }

  end(action) {
    this.#ends.push(action);
  }

  every(ms, action) {
    const timer = setInterval(() => document.hidden || action(), ms);
    this.end(() => clearInterval(timer));
  }

  after(ms, action) {
    const timer = setTimeout(() => this.closed || action(), ms);
    this.end(() => clearTimeout(timer));
    return timer;
  }

  on(target, name, listener, options) {
    target.addEventListener(name, listener, { ...options, signal: this.signal });
  }

  child() {
    const child = new Scope();
    this.end(() => child.close());
    return child;
  }

  close() {
    this.#abort.abort();
    for (const action of this.#ends.splice(0).reverse()) {
      action();
    }
  }
}

/** What is remembered in this browser; where it refuses, only as long as the page lives. */
function memory(storage) {
  const fallback = new Map();
  const use = (action, otherwise) => {
    try {
      return action(storage());
    } catch {
      return otherwise();
    }
  };
  return {
    get: (name) => use((store) => store.getItem(name), () => fallback.get(name) ?? null),
    set: (name, value) => use((store) => store.setItem(name, value), () => fallback.set(name, value)),
    remove: (name) => use((store) => store.removeItem(name), () => fallback.delete(name)),
  };
}

/** Ends with the tab: the key is here and nowhere else. */
export const tabMemory = memory(() => window.sessionStorage);

/** Stays: theme, zone of times, nothing that is secret. */
export const browserMemory = memory(() => window.localStorage);
