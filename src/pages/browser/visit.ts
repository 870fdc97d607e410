/**
 * An open page. It asks every two seconds how the verification stands, by which the server knows that it is open, and takes
 * its leave. One taken back out of the browser's cache is fetched anew: it is open again. What is asked answers 204 while
 * the verification is open, 200 with the address where the person goes from here, or 410: the page has something else to
 * say.
 */
import './busy.js';

const { leave = '', ask = '' } = document.querySelector<HTMLElement>('[data-leave]')!.dataset;
/** Not reload: of a page that answered a form the browser would ask whether to send it again. Without a fragment, or it would stay where it is. */
const again = () => location.replace(location.href.split('#')[0]!);

// a merchant may take its time: who is on the way there is not sent off once more
let going = false;

async function tell(): Promise<void> {
  const reply = await fetch(document.hidden ? `${ask}&hidden` : ask).catch(() => undefined);
  if (going || (reply?.status !== 200 && reply?.status !== 410)) return;
  going = true;
  if (reply.status === 200) location.replace(await reply.text());
  else again();
}

addEventListener('pagehide', () => {
  if (navigator.sendBeacon) navigator.sendBeacon(leave);
  else fetch(leave, { method: 'POST', keepalive: true }).catch(() => {});
});
addEventListener('pageshow', (event) => {
  if (event.persisted) again();
});
addEventListener('submit', () => {
  going = true;
});
// a hidden page may be silent for longer, and one that is seen again says so at once
addEventListener('visibilitychange', tell);
setInterval(tell, 2000);
tell();
