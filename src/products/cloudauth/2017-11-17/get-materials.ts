/**
 * The materials of a finished task. What a person typed or a card's OCR would yield is made up from the task alone, so
 * it is the same at every call. Picture addresses can be opened for an hour of business time.
 */
import { contract } from '../../../gateway/contract.js';
import { pick } from '../../../gateway/errors.js';
import { text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { StoreFullError } from '../../../oss/store-full.js';
import type { HintName } from '../../../platform/hint.js';
import { ADDRESS, bornAs, SYNTHETIC_PERSON } from '../../../verification/person.js';
import type { Status } from '../../../verification/verification.js';
import { askTask } from '../ask-task.js';
import { taskEndings } from '../task.js';
import { envelope } from './envelope.js';
import { errors } from './errors.js';

const OCR = ['2018-05-04', '2018-08-07', '2018-09-16'];
const PICTURES = ['IdCardFrontPic', 'IdCardBackPic', 'FacePic'] as const;

const getMaterialsContract = contract({
  name: 'GetMaterials',
  summary: { en: 'Materials of a finished verification', zh: '获取认证资料' },
  source: 'page “获取认证资料” (linked from document 004)',
  methods: ['GET', 'POST'],
  params: {
    Biz: text({ required: true, example: 'RPBasic' }),
    TicketId: text({ required: true, example: '39ecf51e-2f81-4dc5-90ee-ff86125be683' }),
  },
  response: {
    Name: text({ example: '测试甲' }),
    IdentificationNumber: text({ example: '999999199003070000' }),
    IdCardType: text({ example: 'identityCard' }),
    IdCardStartDate: text({ versions: OCR, example: '20150101' }),
    IdCardExpiry: text({ example: '20350101' }),
    Address: text({ example: ADDRESS }),
    Sex: text({ example: 'm' }),
    IdCardFrontPic: text({ optional: true, cdata: true }),
    IdCardBackPic: text({ optional: true, cdata: true }),
    FacePic: text({ cdata: true }),
    EthnicGroup: text({ versions: OCR, example: '汉' }),
    Authority: text({ versions: ['2018-09-16'], example: '测试公安局' }),
  },
  envelope,
  errors: pick(
    errors,
    [
      ...(['Error.InternalError', 'InvalidParam.ParamMissing', 'Error.NoPermissionAccess'] as const),
      ...(['InvalidParam.InvalidBiz', 'InvalidParam.RecordNotFound', 'Error.GetMaterialsError'] as const),
    ],
    { 'InvalidParam.InvalidBiz': { message: 'The biz is not valid' } },
  ),
  order: { XML: ['RequestId', 'Data', 'Success', 'Code'] },
  honours: { outcome: taskEndings, progression: true },
});

const NOTHING_KEPT: Partial<Record<Status, HintName>> = {
  open: 'not-finished',
  review: 'not-finished',
  failed: 'nothing-kept',
};

export const getMaterials = implement(getMaterialsContract, async ({ Biz, TicketId }, context) => {
  const { store, photos, urls, fail } = context;
  if (!(await store.scenes.find(Biz))) return fail('InvalidParam.InvalidBiz', {}, ['no-biz', { biz: Biz }]);
  const task = await askTask(Biz, TicketId, context);
  if (!task?.result) return fail('InvalidParam.RecordNotFound', {}, task ? NOTHING_KEPT[task.status] : 'no-task');
  const materials: Record<string, string | undefined> = JSON.parse(task.result);
  const number = materials.IdentificationNumber ?? SYNTHETIC_PERSON.IdentificationNumber;
  const pictures: [string, string][] = [];
  for (const name of PICTURES.filter((name) => name === 'FacePic' || materials[name])) {
    const address = await photos.address(name, materials[name], urls).catch((error: Error) => {
      if (error instanceof StoreFullError) return fail('Error.GetMaterialsError', {}, 'store-full');
      throw error;
    });
    pictures.push([name, address]);
  }
  return {
    Name: materials.Name ?? SYNTHETIC_PERSON.Name,
    IdentificationNumber: number,
    IdCardType: 'identityCard',
    IdCardStartDate: '20150101',
    IdCardExpiry: '20350101',
    Address: ADDRESS,
    Sex: bornAs(number),
    EthnicGroup: '汉',
    Authority: '测试公安局',
    ...(Object.fromEntries(pictures) as { FacePic: string }),
  };
});
