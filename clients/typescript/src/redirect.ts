/** Domains below which everybody may have a name. */
export const SHARED_SUFFIXES: ReadonlySet<string> = new Set((
  "a.run.app amazonaws.com appspot.com azurecontainerapps.io azurewebsites.net blob.core.windows.net " +
  "cloudapp.azure.com cloudapp.net cloudfront.net ddns.net deno.dev duckdns.org dyndns.org edgecompute.app " +
  "elb.amazonaws.com fastly.net firebaseapp.com fly.dev github.io gitlab.io glitch.me herokuapp.com netlify.app " +
  "netlify.com ngrok-free.app ngrok.app ngrok.io no-ip.org onrender.com pages.dev railway.app render.com repl.co " +
  "replit.app run.app surge.sh trafficmanager.net trycloudflare.com up.railway.app vercel.app web.app workers.dev"
).split(" "));

/** What stands before a country's letters and is nobody's. */
export const SECOND_LEVELS: ReadonlySet<string> = new Set((
  "ac biz co com edu gen go gob gouv gov gv ind info ltd me mil net ne nic nom or org plc sch"
).split(" "));

/** The origin that a 421 may be followed to, or null. */
export function followed(base: string, location: unknown, hosts: readonly string[]): string | null {
  if (typeof location !== "string" || !canParse(location)) {
    return null;
  }
  const here = new URL(base);
  const there = new URL(location);
  if (!["http:", "https:"].includes(there.protocol) || !there.hostname || there.username || there.password
    || (here.protocol === "https:" && there.protocol !== "https:")) {
    return null;
  }
  const host = there.hostname.toLowerCase();
  if (host !== here.hostname.toLowerCase() && !hosts.some((name) => name.toLowerCase() === host)) {
    const domain = registrable(host);
    if (domain === null || domain !== registrable(here.hostname.toLowerCase())) {
      return null;
    }
  }
  return there.origin;
}

// Node 18 has no URL.canParse.
function canParse(text: string): boolean {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}

/** The label in front of a host's public suffix, and that suffix; null for addresses and suffixes. */
export function registrable(host: string): string | null {
  if (host.startsWith("[") || /^[\d.]+$/.test(host)) {
    return null;
  }
  const labels = host.replace(/\.$/, "").split(".");
  let suffix = 1;
  for (let length = 2; length <= labels.length; length++) {
    if (SHARED_SUFFIXES.has(labels.slice(-length).join("."))) {
      suffix = length;
    }
  }
  if (suffix === 1 && labels.at(-1)?.length === 2 && SECOND_LEVELS.has(labels.at(-2) ?? "")) {
    suffix = 2;
  }
  return labels.length > suffix && labels.every(Boolean) ? labels.slice(-suffix - 1).join(".") : null;
}
