/** The JSON Schema of config files, from the table of options. */
import { OPTION_SPELLINGS, optionNamed } from '../../src/config/given-options.js';
import { type Setting, settings } from '../../src/config/settings.js';

const isNumber = ({ value, default: byDefault }: Setting<unknown>): boolean => value === 'N' && /^\d+$/.test(byDefault);

/** Of those that are objects with members of their own. */
const MEMBERS: Partial<Record<keyof typeof settings, object>> = {
  people: {
    properties: {
      name: { type: 'string', maxLength: 64 },
      certNumber: { type: 'string', maxLength: 64 },
      outcome: { type: 'string', pattern: '^(pass|quit|fail(:.+)?)$', examples: ['pass', 'fail', 'fail:204', 'quit'] },
    },
    required: ['outcome'],
    additionalProperties: false,
  },
};

/** What one value may be. */
function formOf(name: keyof typeof settings, setting: Setting<unknown>): object {
  const { value, check, repeatable } = setting;
  if (value === '') return { type: 'boolean' };
  if (isNumber(setting)) return { type: 'integer', minimum: 0 };
  const words = value.split('|');
  if (!repeatable && words.every((word) => /^[a-z][a-z\d-]*$/.test(word))) return { enum: words };
  const types = ['string', 'number', ...(check ? ['object'] : [])];
  const members = MEMBERS[name];
  if (members) return { anyOf: [{ type: 'string' }, { type: 'object', ...members }] };
  return { type: types, ...(words.length > 1 && !repeatable && { examples: words }) };
}

function propertyOf(spelt: string): object {
  const name = optionNamed(spelt)!;
  const setting: Setting<unknown> = settings[name];
  const form = formOf(name, setting);
  const { default: byDefault, repeatable, formerly, en, zh } = setting;
  const isFormer = formerly !== undefined && spelt !== name;
  return {
    description: `${en}${setting.value && ` [${setting.value}]`}\n${zh}`,
    ...(isFormer
      ? { type: 'string', deprecated: true }
      : repeatable
        ? { anyOf: [form, { type: 'array', items: form }] }
        : form),
    ...(byDefault !== '' && !isFormer && { default: isNumber(setting) ? Number(byDefault) : byDefault }),
  };
}

export const configSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'cloudauth-mock config file',
      type: 'object',
      properties: {
        $schema: { type: 'string' },
        ...Object.fromEntries(OPTION_SPELLINGS.map((spelt) => [spelt, propertyOf(spelt)])),
      },
      additionalProperties: false,
    },
    null,
    2,
  )}\n`;
