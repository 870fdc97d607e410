/** A scene of financial-grade verification, as made in the vendor's console: a number, and the ProductCode it is for. */
import { InputError } from '../platform/input-error.js';
import { orAll } from '../platform/nearest.js';

export const PRODUCT_CODES = ['ID_PRO', 'ID_PLUS', 'PV_FV', 'LR_FR'] as const;
export type ProductCode = (typeof PRODUCT_CODES)[number];

export interface DeclaredSceneId {
  readonly id: number;
  /** Absent: it is for any. */
  readonly productCode?: ProductCode;
}

/** @throws InputError saying how it is written */
export function parseSceneId(written: string): DeclaredSceneId {
  const [id = '', ...rest] = written.split(':');
  return checkSceneId({
    id: /^\d{1,15}$/.test(id) ? Number(id) : id,
    ...(rest.length > 0 && { productCode: rest.join(':') }),
  });
}

/** @throws InputError saying how it is written */
export function checkSceneId(value: unknown): DeclaredSceneId {
  const { id, productCode, ...more } = (typeof value === 'number' ? { id: value } : (value ?? {})) as Record<
    string,
    unknown
  >;
  if (!Number.isSafeInteger(id) || (id as number) < 0 || Object.keys(more).length > 0)
    throw new InputError(
      `write N[:ProductCode] ({ id, productCode? } in code), such as 1000000006:ID_PRO: a SceneId has up to 15 digits`,
    );
  if (productCode !== undefined && !PRODUCT_CODES.includes(productCode as ProductCode))
    throw new InputError(`'${productCode}' is no ProductCode${orAll(String(productCode), PRODUCT_CODES)}`);
  return { id: id as number, ...(productCode !== undefined && { productCode: productCode as ProductCode }) };
}
