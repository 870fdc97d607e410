/**
 * What begins or ends meanwhile is shown within two seconds. While a pointer or the keyboard is on the list it stays as it
 * is, and a notice says that it is old.
 */
import './busy.js';

const list = document.getElementById('open')!;
const stale = document.getElementById('stale')!;
let shown = list.innerHTML;

async function refresh(): Promise<void> {
  if (document.hidden) return;
  const reply = await fetch(location.href).catch(() => undefined);
  if (!reply?.ok) return;
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById('open');
  if (!fresh) return;
  const held = list.matches(':hover, :focus-within');
  stale.hidden = !held || fresh.innerHTML === shown;
  if (held || fresh.innerHTML === shown) return;
  shown = fresh.innerHTML;
  list.textContent = '';
  list.append(...Array.from(fresh.childNodes));
}
setInterval(refresh, 2000);
