/**
 * All operations at once, for who imports the package: `failNext` and types of a test look at them without waiting. The
 * command does not load this file.
 */
import { cloudauth20190307 } from './cloudauth/2019-03-07/index.js';
import { operations } from './cloudauth/2019-03-07/operations.js';

cloudauth20190307.supply(operations);
