/** Server-sent events. What a reader has not taken yet is not made: it holds nothing back, and is told what it missed. */

/** A proxy ends what is silent for longer, and a client that has gone is noticed. */
const BEAT_MS = 15_000;
/** Until a browser asks again after its connection was lost. */
const RETRY_MS = 1000;
/** Each holds a connection, and what was sent and not yet taken. */
const MOST_OPEN = 100;

export const EVENT_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nothing comes after it: whoever closes need not wait for its socket
  connection: 'close',
  'x-accel-buffering': 'no',
};

const encoder = new TextEncoder();

export const TOO_MANY = `${MOST_OPEN} event streams are open, and no more are taken: close one, or ask for GET /_mock/requests`;

/** @returns opens a stream of texts, and undefined where there are too many; the signal says that the reader has gone */
export function eventStreams() {
  let open = 0;
  return (reading: (signal: AbortSignal) => AsyncGenerator<string, void>): Response | undefined => {
    if (open >= MOST_OPEN) return undefined;
    open++;
    const gone = new AbortController();
    const left = (): void => {
      if (!gone.signal.aborted) open--;
      gone.abort();
    };
    const texts = reading(gone.signal);
    let next: ReturnType<typeof texts.next> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`)),
      async pull(controller) {
        next ??= texts.next();
        const came = await orBeat(next);
        if (!came) return controller.enqueue(encoder.encode(':\n\n'));
        next = undefined;
        if (!came.done) return controller.enqueue(encoder.encode(came.value));
        left();
        controller.close();
      },
      cancel: left,
    });
    return new Response(body, { headers: EVENT_HEADERS });
  };
}

/** @returns undefined when nothing came for so long */
async function orBeat<T>(next: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const beat = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, BEAT_MS, undefined).unref();
  });
  try {
    return await Promise.race([next, beat]);
  } finally {
    clearTimeout(timer);
  }
}
