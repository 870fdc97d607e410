/** A config file is wrong: its message has a paragraph for each thing that is. */
import { InputError } from '../platform/input-error.js';

export class ConfigError extends InputError {
  override readonly name = 'ConfigError';
}
