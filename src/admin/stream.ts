/** Server-sent events. What a reader has not taken yet is not made: it holds nothing back, and is told what it missed. */
import type { MockEvent } from '../control/events.js';

/** A proxy ends what is silent for longer, and a client that has gone is noticed. */
const BEAT_MS = 15_000;
/** Until a browser asks again after its connection was lost. */
const RETRY_MS = 1000;

const encoder = new TextEncoder();

/** @param open begins to read; the signal says that the reader has gone */
export function eventStream(open: (signal: AbortSignal) => AsyncGenerator<MockEvent, void>): Response {
  const gone = new AbortController();
  const events = open(gone.signal);
  let next: ReturnType<typeof events.next> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`)),
    async pull(controller) {
      next ??= events.next();
      const came = await orBeat(next);
      if (!came) return controller.enqueue(encoder.encode(':\n\n'));
      next = undefined;
      if (came.done) controller.close();
      else controller.enqueue(encoder.encode(`id: ${came.value.id}\ndata: ${JSON.stringify(came.value)}\n\n`));
    },
    cancel: () => gone.abort(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nothing comes after it: whoever closes need not wait for its socket
      connection: 'close',
      'x-accel-buffering': 'no',
    },
  });
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
