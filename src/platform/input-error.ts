/**
 * What somebody gave cannot be taken; the message says why, and what can. It is shown to them as it is, while every other
 * error, a RangeError of the language included, is a fault of the emulator.
 */
export class InputError extends RangeError {
  override readonly name: string = 'InputError';
}
