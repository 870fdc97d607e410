import { driversHere, loadDriver } from '../../src/store/drivers/load.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { slowDatabase } from '../support/slow-database.js';
import { contract } from './suites/contract.js';

for (const name of driversHere()) contract(name, () => openSqlite(':memory:', loadDriver(name)));
contract('a slow SQLite', async () => slowDatabase(await openSqlite(':memory:'), 'contract'));
