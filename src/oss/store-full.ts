/** In a file of its own, so that who has to know this error loads nothing of the object store. */

/** More bytes than all objects together may hold. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}
