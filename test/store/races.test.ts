/** Races over SQLite: as it is, and with every call delayed as one over a network is. */
import { openSqlite } from '../../src/store/sqlite.js';
import { slowDatabase } from '../support/slow-database.js';
import { races } from './suites/races.js';

races('SQLite as it is', () => openSqlite(':memory:'));
races(
  'every call delayed by 0 to 3 ms',
  () => openSqlite(':memory:'),
  (database) => slowDatabase(database, 'races'),
);
