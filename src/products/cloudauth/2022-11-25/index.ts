/** Cloudauth 2022-11-25: checks of companies. */
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { current } from '../current.js';
import { names } from './generated/names.js';

export const cloudauth20221125 = defineVersion({
  ...current,
  version: '2022-11-25',
  implemented: [],
  sampled: sampled('cloudauth/2022-11-25', names),
});
