/** Whose fault it is that something asked of PostgreSQL has failed. */
import { StorageError } from '../database.js';

/** Classes of SQLSTATE that speak of the statement or its data; of all others the server or the way to it is the cause. */
const OF_STATEMENT = /^(0A|20|21|22|23|26|2F|42|44)...$/;

/** Whether the statement was at fault: nothing else suffers. */
export const isOfStatement = (error: unknown): boolean => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && OF_STATEMENT.test(code);
};

const LATER = 'calls are refused until it answers again';

/** @returns the error to throw: StorageError where the server cannot be used, with what comes of it or what to do */
export const failure = (error: unknown, shown: string, next = LATER): unknown =>
  isOfStatement(error) || error instanceof StorageError
    ? error
    : new StorageError(`the database ${shown} cannot be used: ${reasonOf(error)}; ${next}`, { cause: error });

/** Names that lead to several addresses fail with one error each. */
function reasonOf(error: unknown): string {
  const { message, errors = [], code } = error as { message?: string; errors?: Error[]; code?: string };
  return message || errors[0]?.message || code || 'no reason was given';
}
