/**
 * The front end of the merchant of the example. Only our own frame is listened to; the picture is URL-safe base64, and what
 * is not set is not sent. 300 is no failure: the person left, or has not come.
 */
interface Answer {
  readonly Code: number;
  readonly Message: string;
  readonly Data?: Record<string, string>;
}
/** From getmetainfo.js. */
declare function getMetaInfo(): { metaInfo: object; retCode: number; retMessageSub: string };

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!;
const form = find<HTMLFormElement>('[data-merchant]');
const stage = find('[data-stage]');
const outcome = find('[data-outcome]');
const log = find('.log');
const result = find('.result');
const mark = find('.result .mark');
const picture = find<HTMLImageElement>('.result img');
const heading = find('.result h2');
const button = find<HTMLButtonElement>('[data-merchant] button');
const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value;
let ids: Record<string, string> = {};
let frame: HTMLIFrameElement | undefined;
button.disabled = false;

function say(what: string, value: object): void {
  const line = document.createElement('li');
  const code = document.createElement('code');
  code.textContent = JSON.stringify(value, (name, text) =>
    name === 'image' ? `${text.slice(0, 24)}… (${text.length})` : text,
  );
  line.append(what, code);
  log.append(line);
  outcome.hidden = false;
}

async function ask(path: string, fields: Record<string, string>): Promise<Answer> {
  const reply = await fetch(new URL(path, location.origin), { method: 'POST', body: new URLSearchParams(fields) });
  return reply.json();
}

const LOOKS = { passed: ['good', '✓'], unfinished: ['', '…'], failed: ['bad', '✕'], broken: ['bad', '✕'] };

function end(how: keyof typeof LOOKS, text: string): void {
  const [look, sign] = LOOKS[how];
  mark.className = `mark ${look}`;
  mark.textContent = sign!;
  heading.textContent = form.dataset[how] + (form.dataset.lang === 'zh' ? '：' : ': ') + text;
  button.textContent = form.dataset.again!;
  button.disabled = false;
  result.hidden = false;
  outcome.hidden = false;
}
const broken = (error: Error) => end('broken', error.message);

function leave(): void {
  frame?.remove();
  frame = undefined;
  stage.hidden = true;
}

async function start(): Promise<void> {
  leave();
  log.textContent = '';
  picture.hidden = true;
  result.hidden = true;
  outcome.hidden = true;
  const { metaInfo, retCode, retMessageSub } = getMetaInfo();
  say('getMetaInfo', { retCode, retMessageSub });
  const answer = await ask('/demo/init', {
    name: field('name'),
    certNumber: field('certNumber'),
    metainfo: JSON.stringify(metaInfo),
  });
  say('initH5', answer);
  if (answer.Code !== 200 || !answer.Data) return end('failed', answer.Message);
  ids = answer.Data;
  frame = document.createElement('iframe');
  frame.allow = 'camera';
  frame.title = stage.getAttribute('aria-label')!;
  frame.src = `/gjj/identification_jry.html?${new URLSearchParams({ zimId: ids.zimId!, lang: form.dataset.lang! })}`;
  stage.append(frame);
  stage.hidden = false;
  frame.focus();
}

async function finish(message: object): Promise<void> {
  leave();
  say('message', message);
  const answer = await ask('/demo/query', { ...ids, returnImage: '1' });
  say('queryH5', answer);
  const image = answer.Data?.image;
  if (image) {
    picture.src = `data:image/jpeg;base64,${image.replace(/-/g, '+').replace(/_/g, '/')}`;
    picture.hidden = false;
  }
  end(
    answer.Code === 200 ? 'passed' : answer.Code === 300 ? 'unfinished' : 'failed',
    `Code ${answer.Code}, ${answer.Message}`,
  );
}

form.onsubmit = (event) => {
  event.preventDefault();
  button.disabled = true;
  start()
    .catch(broken)
    .then(() => {
      button.disabled = false;
    });
};
addEventListener('message', (event) => {
  if (frame && event.source === frame.contentWindow) finish(JSON.parse(event.data)).catch(broken);
});

export {};
