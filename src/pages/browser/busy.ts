/** A form that is on its way says so, and a second tap does not send it again. */

/** Who stopped an upload can send it again after this. */
const RELEASE_MS = 10_000;

addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.getAttribute('aria-busy') === 'true') return event.preventDefault();
  // engines before 2021 do not say which button it was
  const button = (event as SubmitEvent).submitter ?? form.querySelector<HTMLElement>('[type=submit]');
  const text = button?.textContent ?? '';
  const show = (busy: boolean) => {
    form.setAttribute('aria-busy', String(busy));
    if (button) button.textContent = busy ? (document.body.dataset.busy ?? text) : text;
  };
  show(true);
  setTimeout(show, RELEASE_MS, false);
});
