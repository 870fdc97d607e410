/** The emulator's table of contents: every version it answers. Adding one is adding a folder and a line here. */
import type { Version } from '../gateway/operation.js';
import { cloudauth20171117 } from './cloudauth/2017-11-17/index.js';
import { cloudauth20190307 } from './cloudauth/2019-03-07/index.js';
import { saf20170331 } from './saf/2017-03-31/index.js';
import { saf20180919, saf20190521 } from './saf/2019-05-21/index.js';

export const versions: readonly Version[] = [
  cloudauth20171117,
  cloudauth20190307,
  saf20170331,
  saf20190521,
  saf20180919,
];
