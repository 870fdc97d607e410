/**
 * Shows the camera, draws a frame as JPEG and puts it as base64 into a hidden field of the form. Without secure context or
 * camera, and where anything in here fails, there is the plain file field. Fields are found by their `data-` attributes.
 */

/** Of the picture that is sent, px. */
const LARGEST = 640;
/** A camera that gave no picture for so long is switched off. */
const PATIENCE_MS = 10_000;

/** @returns undefined for what this browser cannot show */
const pictureOf = (file: File): Promise<HTMLImageElement | undefined> =>
  new Promise((done) => {
    const image = new Image();
    image.onload = () => done(image.naturalWidth > 0 ? image : undefined);
    image.onerror = () => done(undefined);
    image.src = URL.createObjectURL(file);
  });

/** Resolves with the first picture; an engine may play without ever giving one. Rejects when it will not play, or none came. */
const firstPicture = (video: HTMLVideoElement): Promise<void> =>
  new Promise((done, fail) => {
    const look = () => {
      if (video.videoWidth > 0 && video.readyState >= video.HAVE_CURRENT_DATA) done();
    };
    for (const event of ['loadeddata', 'playing', 'resize', 'timeupdate']) video.addEventListener(event, look);
    // old engines return nothing
    Promise.resolve(video.play()).then(look, fail);
    setTimeout(fail, PATIENCE_MS);
  });

const stopTracks = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};

/** What the page at CertifyUrl does where there can be no camera: it gives up, or says where to go. */
function elsewhere(): void {
  document.querySelector<HTMLElement>('[data-keep]')?.click();
  const notice = document.querySelector<HTMLElement>('[data-elsewhere]');
  if (!notice) return;
  notice.querySelector('code')!.textContent = location.href;
  notice.hidden = false;
}

function attach(box: HTMLElement): void {
  const find = <E extends HTMLElement>(selector: string) => box.querySelector<E>(selector)!;
  const video = find<HTMLVideoElement>('video');
  const image = find<HTMLImageElement>('img');
  const hint = find('.hint');
  const value = find<HTMLInputElement>('[type=hidden]');
  const shoot = find('[data-shoot]');
  const again = find('[data-again]');
  const label = find('.file');
  const file = find<HTMLInputElement>('[type=file]');
  const form = box.closest('form')!;
  const submit = form.querySelector<HTMLButtonElement>('[type=submit]')!;
  const chosen = () => file.files?.[0];
  const say = (state: string) => {
    box.dataset.state = state;
    hint.textContent = box.dataset[state] ?? '';
  };
  const show = (element: HTMLElement, on: boolean) => {
    element.hidden = !on;
  };
  /** Why there is no camera, once that is known. */
  let without = '';
  let stream: MediaStream | undefined;

  const stop = () => {
    if (stream) stopTracks(stream);
    stream = undefined;
    video.srcObject = null;
    for (const element of [video, shoot, again]) show(element, false);
    show(label, true);
  };
  const fileOnly = (why: string) => {
    stop();
    without = why;
    if (!chosen() && !value.value) say(why);
  };
  // whatever fails in here: a file and the button are enough to go on
  const broken = () => {
    fileOnly('broken');
    say('broken');
    submit.disabled = false;
  };
  const keep = (source: HTMLVideoElement | HTMLImageElement, width: number, height: number) => {
    const scale = Math.min(1, LARGEST / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')!.drawImage(source, 0, 0, canvas.width, canvas.height);
    const address = canvas.toDataURL('image/jpeg', 0.85);
    value.value = address.slice(address.indexOf(',') + 1);
    image.src = address;
    show(image, true);
    submit.disabled = false;
  };
  const forget = () => {
    show(image, false);
    value.value = '';
    submit.disabled = true;
  };
  const live = (on: boolean) => {
    show(video, on);
    show(shoot, on);
    show(again, !on);
  };
  const choose = async () => {
    const picked = chosen();
    forget();
    say(picked ? '' : without);
    if (!picked) return;
    stop();
    const picture = await pictureOf(picked);
    if (chosen() !== picked) return;
    if (!picture) return say('unreadable');
    keep(picture, picture.naturalWidth, picture.naturalHeight);
    URL.revokeObjectURL(picture.src);
    say('chosen');
  };
  const start = async () => {
    say('starting');
    const wanted = { video: { facingMode: box.dataset.camera }, audio: false };
    const given = await navigator.mediaDevices.getUserMedia(wanted).catch((error: Error) => error.name);
    if (typeof given === 'string') return fileOnly(given === 'NotAllowedError' ? 'denied' : 'missing');
    // a photo was chosen before the question was answered
    if (chosen()) return stopTracks(given);
    stream = given;
    video.srcObject = given;
    show(video, true);
    const dark = await firstPicture(video).then(
      () => false,
      () => true,
    );
    // or before there was a picture
    if (stream !== given) return;
    if (dark) return fileOnly('dark');
    for (const track of given.getTracks()) track.onended = () => fileOnly('missing');
    live(true);
    show(label, false);
    say('ready');
  };

  addEventListener('error', broken);
  shoot.onclick = () => {
    if (video.videoWidth === 0) return;
    keep(video, video.videoWidth, video.videoHeight);
    say('taken');
    live(false);
    submit.focus();
  };
  again.onclick = () => {
    forget();
    live(true);
    say('ready');
    shoot.focus();
  };
  file.onchange = () => choose().catch(broken);
  // once is enough
  form.addEventListener('submit', () => {
    if (value.value) file.disabled = true;
  });
  submit.disabled = true;
  // chosen before this ran, or put back by the browser
  if (chosen()) choose().catch(broken);
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  if (!navigator.mediaDevices || !isSecureContext) {
    fileOnly('insecure');
    elsewhere();
  } else if (featurePolicy?.allowsFeature('camera') === false) fileOnly('framed');
  else start().catch(broken);
}

for (const box of document.querySelectorAll<HTMLElement>('[data-camera]')) attach(box);
