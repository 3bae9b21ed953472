const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// The three forms that RFC 9110 obliges a recipient to take.
const DATES = [
  /^\w{3}, (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4}) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) GMT$/,
  /^\w{6,9}, (?<day>\d\d)-(?<month>\w{3})-(?<year>\d\d) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) GMT$/,
  /^\w{3} (?<month>\w{3}) (?<day>[ \d]\d) (?<h>\d\d):(?<m>\d\d):(?<s>\d\d) (?<year>\d{4})$/,
];

/** Seconds to wait: the header's, else the problem's, else null. `now` in seconds. */
export function retryAfter(header: string | undefined, member: unknown, now: number): number | null {
  if (header !== undefined) {
    const text = header.trim();
    if (/^[0-9]{1,9}$/.test(text)) {
      return Number(text);
    }
    const date = parse(text, now);
    if (date !== null) {
      return Math.max(0, date - now);
    }
  }
  return typeof member === "number" && member >= 0 ? member : null;
}

function parse(text: string, now: number): number | null {
  for (const form of DATES) {
    const found = form.exec(text)?.groups;
    const month = MONTHS.indexOf(found?.["month"] ?? "");
    if (!found || month < 0) {
      continue;
    }
    let year = Number(found["year"]);
    if (year < 100) {
      // More than 50 years ahead is the century before.
      const current = new Date(now * 1000).getUTCFullYear();
      year += current - (current % 100);
      if (year > current + 50) {
        year -= 100;
      }
    }
    return Date.UTC(year, month, Number(found["day"]), Number(found["h"]), Number(found["m"]), Number(found["s"])) / 1000;
  }
  return null;
}
