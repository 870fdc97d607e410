/**
 * The schema, as an ordered list of steps; a step once released is never edited. Portable SQL: TEXT keys, instants as
 * integer milliseconds, booleans as 0 and 1, JSON as TEXT. What is an account's has the account in its key. A new file takes
 * what they come to at once: schema.json, which a test makes of them.
 */
import { CALLBACKS } from './migration-callbacks.js';
import { NONCES } from './migration-nonces.js';
import { OWNERS } from './migration-owners.js';
import { PAGE_STEPS } from './migration-page-steps.js';
import { RETENTION } from './migration-retention.js';
import { RULES } from './migration-rules.js';
import { STATES } from './migration-states.js';
import { VERIFICATIONS } from './migration-verifications.js';

export const STEPS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE nonces (access_key_id TEXT NOT NULL, nonce TEXT NOT NULL, seen_at BIGINT NOT NULL, PRIMARY KEY (access_key_id, nonce))`,
    `CREATE TABLE clocks (account TEXT PRIMARY KEY, offset_ms BIGINT NOT NULL)`,
    `CREATE TABLE scenes (account TEXT NOT NULL, biz TEXT NOT NULL, name TEXT NOT NULL, solution TEXT NOT NULL,
       guide INTEGER NOT NULL, privacy INTEGER NOT NULL, result INTEGER NOT NULL, PRIMARY KEY (account, biz))`,
    `CREATE TABLE builds (account TEXT NOT NULL, task_id TEXT NOT NULL, app_url TEXT NOT NULL, platform TEXT,
       created_at BIGINT NOT NULL, asked INTEGER NOT NULL, PRIMARY KEY (account, task_id))`,
    `CREATE TABLE credentials (account TEXT NOT NULL, access_key_id TEXT NOT NULL, secret TEXT NOT NULL, security_token TEXT NOT NULL,
       bucket TEXT NOT NULL, path TEXT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (account, access_key_id))`,
    `CREATE TABLE tasks (account TEXT NOT NULL, biz TEXT NOT NULL, ticket_id TEXT NOT NULL, solution TEXT NOT NULL, token TEXT NOT NULL,
       status INTEGER NOT NULL, submissions INTEGER NOT NULL, asked INTEGER NOT NULL, materials TEXT NOT NULL,
       similarity REAL, authority REAL, conclusions TEXT, created_at BIGINT NOT NULL, concluded_at BIGINT,
       PRIMARY KEY (account, biz, ticket_id))`,
    `CREATE TABLE tokens (account TEXT NOT NULL, token TEXT NOT NULL, biz TEXT NOT NULL, ticket_id TEXT NOT NULL,
       binding TEXT NOT NULL, user_data TEXT, issued_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (account, token))`,
    `CREATE TABLE sessions (account TEXT NOT NULL, id TEXT NOT NULL, biz_id TEXT NOT NULL, channel TEXT NOT NULL,
       cert_number TEXT NOT NULL, name TEXT NOT NULL, metainfo TEXT NOT NULL, status TEXT NOT NULL, reason TEXT, asked INTEGER NOT NULL,
       created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, concluded_at BIGINT, PRIMARY KEY (account, id))`,
    `CREATE INDEX sessions_by_failure ON sessions (account, cert_number, concluded_at)`,
  ],
  [
    'ALTER TABLE clocks ADD COLUMN frozen_at BIGINT',
    `CREATE TABLE snapshots (account TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (account, name))`,
    // copies of rows, by the name of the snapshot: a column added to one of these tables is added to its copy as well
    ...['scenes', 'builds', 'credentials', 'tasks', 'tokens', 'sessions', 'clocks'].flatMap((table) => [
      `CREATE TABLE snapshot_${table} AS SELECT account AS snapshot, ${table}.* FROM ${table} WHERE 1 = 0`,
    ]),
  ],
  [
    `CREATE TABLE objects (account TEXT NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL, size BIGINT NOT NULL, etag TEXT NOT NULL,
       crc64 TEXT NOT NULL, content_type TEXT NOT NULL, headers TEXT NOT NULL, blobs TEXT NOT NULL, modified_at BIGINT NOT NULL,
       PRIMARY KEY (account, bucket, key))`,
    `CREATE TABLE uploads (account TEXT NOT NULL, upload_id TEXT NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL,
       content_type TEXT NOT NULL, headers TEXT NOT NULL, started_at BIGINT NOT NULL, PRIMARY KEY (account, upload_id))`,
    `CREATE TABLE parts (account TEXT NOT NULL, upload_id TEXT NOT NULL, number INTEGER NOT NULL, size BIGINT NOT NULL, etag TEXT NOT NULL,
       crc64 TEXT NOT NULL, blobs TEXT NOT NULL, modified_at BIGINT NOT NULL, PRIMARY KEY (account, upload_id, number))`,
    `CREATE TABLE visits (account TEXT NOT NULL, subject TEXT NOT NULL, visit TEXT NOT NULL, PRIMARY KEY (account, subject))`,
    ...['objects', 'uploads', 'parts', 'visits'].map(
      (table) => `CREATE TABLE snapshot_${table} AS SELECT account AS snapshot, ${table}.* FROM ${table} WHERE 1 = 0`,
    ),
    ...['builds', 'snapshot_builds'].flatMap((table) => [
      `ALTER TABLE ${table} ADD COLUMN package_name TEXT`,
      `ALTER TABLE ${table} ADD COLUMN refused TEXT`,
    ]),
  ],
  [
    // each window of a person counts
    'DROP TABLE visits',
    `CREATE TABLE visits (account TEXT NOT NULL, subject TEXT NOT NULL, visit TEXT NOT NULL, PRIMARY KEY (account, subject, visit))`,
    // nothing is told its CRC-64
    ...['objects', 'parts', 'snapshot_objects', 'snapshot_parts'].map(
      (table) => `ALTER TABLE ${table} DROP COLUMN crc64`,
    ),
  ],
  [
    ...VERIFICATIONS,
    ...['tasks', 'tokens', 'sessions'].flatMap((table) => [`DROP TABLE ${table}`, `DROP TABLE snapshot_${table}`]),
    // an address of an SDK that was handed out opens
    'ALTER TABLE builds ADD COLUMN built_at BIGINT',
    'ALTER TABLE snapshot_builds ADD COLUMN built_at BIGINT',
  ],
  // until when a page counts as open if it asks no more; NULL: it has never asked
  ['visits', 'snapshot_visits'].map((table) => `ALTER TABLE ${table} ADD COLUMN open_until BIGINT`),
  RULES,
  OWNERS,
  NONCES,
  CALLBACKS,
  // a credential of AssumeRole says whose it is
  ['credentials', 'snapshot_credentials'].map((table) => `ALTER TABLE ${table} ADD COLUMN role TEXT`),
  RETENTION,
  STATES,
  PAGE_STEPS,
];
