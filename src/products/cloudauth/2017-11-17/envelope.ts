import type { Envelope } from '../../../gateway/envelope.js';

/** 2017-2018: `{RequestId, Code: "1", Data, Success}`. `Message` is declared by the SDKs but printed by no example. */
export const envelope: Envelope = { code: '1', result: 'Data', success: true };
