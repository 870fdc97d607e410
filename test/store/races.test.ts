/** Races over SQLite: as it is, and with every call delayed as one over a network is. */
import type { Database } from '../../src/store/database.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStates } from '../../src/store/states.js';
import { slowDatabase } from '../support/slow-database.js';
import { races } from './suites/races.js';

const open = () => openSqlite(':memory:');
const direct = (database: Database) => database;
races('SQLite as it is', open, direct, createStates);
races('SQLite as it is, and as if others shared it', open);
races('every call delayed by 0 to 3 ms', open, (database) => slowDatabase(database, 'races'), createStates);
