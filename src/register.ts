/**
 * `node --import cloudauth-mock/register app.js`: the application's calls to the vendor's hosts are answered by an emulator,
 * the one CLOUDAUTH_MOCK_URL names or else one of this process. Threads and child processes share it by that variable.
 */
import { placeOf } from './embed/place.js';
import { routeVendorHosts } from './embed/route.js';
import { startEmulator } from './embed/start.js';

function end(message: string): never {
  process.stderr.write(`cloudauth-mock: ${message}\n`);
  process.exit(2);
}

const named = process.env.CLOUDAUTH_MOCK_URL;
if (!named) {
  const started = startEmulator(process.env);
  if ('failed' in started) end(started.failed);
  process.env.CLOUDAUTH_MOCK_URL = started.url;
}
const place = placeOf(process.env.CLOUDAUTH_MOCK_URL!);
if (typeof place === 'string') end(place);
routeVendorHosts(place);
