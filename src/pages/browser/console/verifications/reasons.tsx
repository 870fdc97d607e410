/** Why a verification fails: any text, or one of those its kind documents. */
import { useEffect, useState } from 'preact/hooks';
import { get, lang } from '../api.js';
import { t } from './texts.js';

interface Reason {
  readonly reason: string;
  readonly text: { readonly en: string; readonly zh: string };
}
type ByProduct = Readonly<Record<string, readonly Reason[]>>;

let known: Promise<ByProduct> | undefined;
const reasonsOf = async (product: string): Promise<readonly Reason[]> => {
  known ??= get<ByProduct>('reasons');
  return (await known)[product] ?? [];
};

interface Choice {
  readonly product: string;
  readonly id: string;
  readonly value: string;
  set(text: string): void;
}

export function Reasons({ product, id, value, set }: Choice) {
  const [reasons, setReasons] = useState<readonly Reason[]>([]);
  useEffect(() => {
    reasonsOf(product).then(setReasons, () => {
      known = undefined;
    });
  }, [product]);
  return (
    <>
      <input
        list={`reasons-${product}`}
        value={value}
        placeholder={t('usual')}
        aria-label={`${t('reason')}: ${id}`}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      <datalist id={`reasons-${product}`}>
        {reasons.map(({ reason, text }) => (
          <option key={reason} value={reason}>
            {text[lang]}
          </option>
        ))}
      </datalist>
    </>
  );
}
