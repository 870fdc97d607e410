import { openSqlite } from '../../src/store/sqlite.js';
import { journalSuite } from './suites/journal.js';

journalSuite('SQLite', () => openSqlite(':memory:'));
