/** The information checks; each is a row of its family's table. */
import { bankChecks } from './bank.js';
import { forgeryChecks } from './forgery.js';
import { identityChecks } from './identity.js';
import { mobileChecks } from './mobile.js';
import { mobileDetect } from './mobile-detect.js';
import { ocrChecks } from './ocr.js';
import { vehicleChecks } from './vehicle.js';

export const informationChecks = [
  ...identityChecks,
  ...mobileChecks,
  mobileDetect,
  ...bankChecks,
  ...vehicleChecks,
  ...forgeryChecks,
  ...ocrChecks,
];
