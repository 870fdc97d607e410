import { driversHere, loadDriver } from '../../src/store/drivers/load.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { lists } from './suites/list.js';

for (const name of driversHere()) lists(`by ${name}`, () => openSqlite(':memory:', loadDriver(name)));
