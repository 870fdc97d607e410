/** The emulator's table of contents: every version it answers. Adding one is adding a folder and a line here. */
import type { Version } from '../gateway/operation.js';
import { cloudauth20171117 } from './cloudauth/2017-11-17/index.js';
import { cloudauth20190307 } from './cloudauth/2019-03-07/index.js';
import { cloudauth20200618 } from './cloudauth/2020-06-18/index.js';
import { cloudauth20201112 } from './cloudauth/2020-11-12/index.js';
import { cloudauth20221125 } from './cloudauth/2022-11-25/index.js';
import { cloudauthIntl20220809 } from './cloudauth-intl/2022-08-09/index.js';
import { location20150612 } from './location/2015-06-12/index.js';
import { openplatform20191219 } from './openplatform/2019-12-19/index.js';
import { saf20170331 } from './saf/2017-03-31/index.js';
import { saf20180919, saf20190521 } from './saf/2019-05-21/index.js';
import { sts20150401 } from './sts/2015-04-01/index.js';

export const versions: readonly Version[] = [
  cloudauth20171117,
  cloudauth20190307,
  cloudauth20200618,
  cloudauth20201112,
  cloudauth20221125,
  cloudauthIntl20220809,
  saf20170331,
  saf20190521,
  saf20180919,
  openplatform20191219,
  sts20150401,
  location20150612,
];

/** For who looks at what all of them can do: rules, the catalogue, the control side. */
export const allReady = async (): Promise<void> => void (await Promise.all(versions.map((version) => version.ready())));

/** Dates that sources of the vendor's know, of products beside these (Cloudauth-console, Cloudauth-device): the nearest version answers. */
export const knownDates: readonly string[] = ['2019-02-19', '2019-04-03', '2020-01-20'];
