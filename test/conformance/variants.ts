/** The calls that put one promise to the test: valid ones in every way they can be sent, and one fault at a time. */
import { APART, COMPANIONS, type Param, type Promised } from './oracle.js';

export interface Way {
  readonly method: 'GET' | 'POST';
  readonly place: 'query' | 'form';
  readonly scheme: 'RPC' | 'ACS3';
  readonly format: 'JSON' | 'XML';
}

export interface Variant {
  readonly what: string;
  readonly way: Way;
  readonly params: Readonly<Record<string, string>>;
  /** The error that is due; undefined: an answer. */
  readonly error?: { readonly code: string; readonly status?: number };
}

/** Every way there is, those by GET where they are allowed. */
const WAYS: readonly Way[] = (['RPC', 'ACS3'] as const).flatMap((scheme) =>
  (['JSON', 'XML'] as const).flatMap((format): Way[] => [
    { method: 'POST', place: 'form', scheme, format },
    { method: 'POST', place: 'query', scheme, format },
    { method: 'GET', place: 'query', scheme, format },
  ]),
);

/** What no request line holds. */
const LONG = 4_000;

/** One that is called as a public parameter of RPC, which there is no second of. */
const sendable = ({ name }: Param): boolean => name !== 'Timestamp';

export function variantsOf(promise: Promised): Variant[] {
  const { name, methods, params, missing, invalid, inBody } = promise;
  const ways = WAYS.filter(({ method }) => methods.includes(method));
  const required = params.filter((one) => one.required).map((one) => [one.name, one.sound]);
  const sound: Record<string, string> = { ...Object.fromEntries(required), ...COMPANIONS[name] };
  const together = params.filter((one) => sendable(one) && !APART[name]?.includes(one.name));
  let turn = 0;
  const next = (long: boolean): Way => {
    const able = ways.filter(({ place }) => !long || place === 'form');
    return (able.length > 0 ? able : ways)[turn++ % (able.length || ways.length)]!;
  };
  const status = inBody ? 200 : undefined;
  const one = (what: string, given: Record<string, string>, error?: Variant['error']): Variant => {
    const long = Object.values(given).some(({ length }) => length > LONG);
    return { what, way: next(long), params: given, error };
  };
  const wrong = (param: Param, value: string, what: string) =>
    one(
      `${param.name} ${what}`,
      { ...sound, [param.name]: value },
      { code: param.invalid ?? invalid ?? `Invalid${param.name}`, status },
    );

  const valid = ways.map((way) => ({ what: 'a valid call', way, params: sound }));
  if (promise.answerOnly) return valid;
  return [
    ...valid,
    ...WAYS.filter(({ method }) => !methods.includes(method))
      .slice(0, 1)
      .map((way) => ({
        what: `by ${way.method}`,
        way,
        params: sound,
        error: { code: 'UnsupportedHTTPMethod', status: 400 },
      })),
    one('every parameter', {
      ...Object.fromEntries(together.map((param) => [param.name, param.sound])),
      ...COMPANIONS[name],
    }),
    ...params.flatMap((param): Variant[] => {
      const { required, values = [], maxLength, min, max, type } = param;
      const number = (value: number) => one(`${param.name}=${value}`, { ...sound, [param.name]: String(value) });
      const { [param.name]: _left, ...rest } = sound;
      const lacks = { code: param.missing ?? missing ?? `Missing${param.name}`, status };
      return [
        ...(required ? [one(`without ${param.name}`, rest, lacks)] : []),
        ...(required ? [one(`${param.name} empty`, { ...sound, [param.name]: '' }, lacks)] : []),
        ...values.map((value) => {
          const given = `${param.name}=${value}`;
          return one(given, { ...sound, ...COMPANIONS[`${name} ${given}`], [param.name]: value });
        }),
        ...(values.length > 0 ? [wrong(param, 'no-such-value', 'of no value there is')] : []),
        ...(maxLength !== undefined
          ? [
              one(`${param.name} as long as may be`, {
                ...sound,
                // it begins as a sound one does: a picture as a picture
                [param.name]: param.sound.padEnd(maxLength, 'x').slice(0, maxLength),
              }),
              wrong(param, 'x'.repeat(maxLength + 1), 'one character too long'),
            ]
          : []),
        ...(min !== undefined ? [number(min), wrong(param, String(min - 1), 'one too small')] : []),
        ...(max !== undefined ? [number(max), wrong(param, String(max + 1), 'one too large')] : []),
        ...(type === 'text' ? [] : [wrong(param, 'no such value', `that is no ${type}`)]),
      ];
    }),
  ];
}
