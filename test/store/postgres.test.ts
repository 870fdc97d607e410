/** The store over PostgreSQL: the same suites as over SQLite, over one PGlite. What it cannot prove is proven over a server, see test/postgres. */
import { afterAll, afterEach, beforeAll, describe, vi } from 'vitest';
import { type Lite, startLite } from '../support/pglite.js';
import { slowDatabase } from '../support/slow-database.js';
import { contract } from './suites/contract.js';
import { journalSuite } from './suites/journal.js';
import { lists } from './suites/list.js';
import { nonceSuite } from './suites/nonces.js';
import { races } from './suites/races.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('PostgreSQL', () => {
  let lite: Lite;
  beforeAll(async () => {
    lite = await startLite();
  });
  afterEach(() => lite.clear());
  afterAll(() => lite[Symbol.asyncDispose]());
  const open = () => lite.open();

  contract('as it is', open);
  contract('slow', async () => slowDatabase(await open(), 'contract'));
  lists('keys', open);
  nonceSuite('nonces', open);
  journalSuite('PostgreSQL', open);
  races('races', open);
});
