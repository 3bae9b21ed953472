// A page that holds the portal: it gives it a link, as high a frame as it needs, and the next link when a session ends.

const frame = document.getElementById('portal');
const portal = frame.dataset.portal;

/** From this page's own backend, which knows who is signed in, and makes a session with a key of its own. */
async function newLink() {
  const answer = await fetch('/portal-link', { method: 'POST' });
  return (await answer.json()).url;
}

window.addEventListener('message', async ({ origin, source, data }) => {
  if (origin !== portal || source !== frame.contentWindow) {
    return;
  }
  if (data.type === 'triggers.height') {
    frame.style.height = `${data.height}px`;
  } else if (data.type === 'triggers.link-wanted') {
    source.postMessage({ type: 'triggers.link', url: await newLink() }, portal);
  }
});

// One view, without navigation, in this page's own colour; `origin` says who is spoken to, and heard.
const look = new URLSearchParams({ view: 'endpoints', navigation: 'off', accent: '0b6e4f', font: 'Georgia', origin: location.origin });
const link = new URL(await newLink());
link.search = look;
frame.src = link;
