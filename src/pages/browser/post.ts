/** Tells the page around the frame how the session ended. Its origin is not known here, as it is not to the vendor; the message says nothing of the person. */
const box = document.querySelector<HTMLElement>('[data-message]')!;
const { message = '', posted = '', alone = '' } = box.dataset;
const embedded = parent !== window;
if (embedded) parent.postMessage(message, '*');
box.querySelector('span')!.textContent = embedded ? posted : alone;

export {};
