// One map of keys: what is pressed goes to the innermost that knows it.

const maps = [];
let prefix = '';
let prefixTimer = 0;

/** Adds keys until the scope ends; a later map goes before an earlier one. */
export function keys(scope, map) {
  maps.push(map);
  scope.end(() => maps.splice(maps.indexOf(map), 1));
}

function writes(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function nameOf(event) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    return 'Ctrl+K';
  }
  return event.ctrlKey || event.metaKey || event.altKey ? '' : event.key;
}

document.addEventListener('keydown', (event) => {
  const name = nameOf(event);
  if (!name || event.defaultPrevented || event.isComposing) {
    return;
  }
  const free = name === 'Ctrl+K' || (!writes(event.target) && !document.querySelector('dialog[open]'));
  if (!free) {
    return;
  }
  if (name === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button, summary')) {
    return;
  }
  const full = prefix ? `${prefix} ${name}` : name;
  prefix = '';
  clearTimeout(prefixTimer);
  for (const map of [...maps].reverse()) {
    const action = map[full];
    if (action) {
      event.preventDefault();
      action(event);
      return;
    }
  }
  if (name === 'g') {
    prefix = 'g';
    prefixTimer = setTimeout(() => {
      prefix = '';
    }, 1500);
  }
});
