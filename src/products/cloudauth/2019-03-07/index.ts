/**
 * Cloudauth 2019-03-07. JSON by default. The console interfaces of document 002 (2020-05-26) answer flat; the information
 * checks, whose contracts are generated from the vendor's metadata, in ResultObject.
 */
import { defineVersion } from '../../../gateway/operation.js';
import { lazy } from '../../../platform/lazy.js';
import { sampled } from '../../sampled.js';
import { current } from '../current.js';
import { checkErrors } from './check-errors.js';
import { classicErrors } from './classic-errors.js';
import { faceErrors } from './face-errors.js';
import { names, working } from './generated/names.js';
import { phoneErrors } from './phone-errors.js';
import { pictureErrors } from './picture-errors.js';

export const cloudauth20190307 = defineVersion({
  ...current,
  version: '2019-03-07',
  implemented: {
    // what most applications call stands for the version where one is named
    names: [...new Set(['InitFaceVerify', ...working])],
    load: lazy(
      () => import('./operations.js'),
      ({ operations }) => operations,
    ),
  },
  sampled: sampled('cloudauth/2019-03-07', names, {
    ...{ checkErrors, phoneErrors, pictureErrors, faceErrors, classicErrors },
  }),
});
