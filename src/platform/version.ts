/** The version of this package, as every answer carries it in `x-cloudauth-mock`. */
import packageJson from '../../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;
