/** In a file of its own, so that knowing this error does not load the object store. */

/** More bytes than all objects together may hold. */
export class StoreFullError extends Error {
  override readonly name = 'StoreFullError';
}
