/** Cloudauth 2020-11-12: the classic flow of 2019-03-07, its answers wrapped in ResultObject. */
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { current } from '../current.js';
import { names } from './generated/names.js';

export const cloudauth20201112 = defineVersion({
  ...current,
  version: '2020-11-12',
  implemented: [],
  sampled: sampled('cloudauth/2020-11-12', names),
});
