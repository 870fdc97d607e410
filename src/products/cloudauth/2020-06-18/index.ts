/** Cloudauth 2020-06-18, the enhanced version: no longer sold, still called. */
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { checkErrors } from '../2019-03-07/check-errors.js';
import { current } from '../current.js';
import { names } from './generated/names.js';

export const cloudauth20200618 = defineVersion({
  ...current,
  version: '2020-06-18',
  implemented: [],
  sampled: sampled('cloudauth/2020-06-18', names, { checkErrors }),
});
