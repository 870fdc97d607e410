/**
 * The server submits materials for a task. Name, IdentificationNumber and FacePic are needed, Binding counted in,
 * whatever the solution (the pages leave it to 认证方案); any values pass. A failed task may be submitted again, a passed
 * one is closed.
 */
import { contract } from '../../../gateway/contract.js';
import { pick } from '../../../gateway/errors.js';
import { float, integer, list, struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { StoreFullError } from '../../../oss/store-full.js';
import { concludedBy, isAlive, passed } from '../../../verification/verification.js';
import {
  magicFailure,
  PASS,
  pictureFailure,
  pictureOutcome,
  taskOutcome,
  ticketFailure,
  ticketOutcome,
} from '../../magic.js';
import { bindingMaterials, kept, PICTURES } from '../materials.js';
import { envelope } from './envelope.js';
import { errors } from './errors.js';

const TYPES = ['Name', 'IdentificationNumber', 'FacePic', 'IdCardFrontPic', 'IdCardBackPic', 'IDPic', 'Mobile'];
const NEEDED = ['Name', 'IdentificationNumber', 'FacePic'];
const MAX_MATERIALS = 10;
/** A hint. */
const CLOSED = 'it has passed, or is under review; a new verification needs a new TicketId';
const CODES = [
  'Error.InternalError',
  'InvalidParam.ParamMissing',
  'Error.NoPermissionAccess',
  'InvalidParam.VerifyTokenExpired',
  'InvalidParam.MaterialsEmpty',
  'InvalidParam.MaterialsNotValid',
  'Error.DuplicatedTicketId',
  'Error.SubmitMaterialsError',
  'Error.MaterialsUploadError',
  'Error.MaterialsInsufficient',
  'Error.RealNameCheckFail',
] as const;

const submitMaterialsContract = contract({
  name: 'SubmitMaterials',
  summary: { en: 'Submit the materials of a verification', zh: '提交认证资料' },
  source: 'page “提交认证资料” (linked from document 004)',
  methods: ['POST'],
  params: {
    VerifyToken: text({ required: true, example: '92790974cd384f29a949b47f1c4ca3a5' }),
    Material: list(
      struct({
        MaterialType: text({ required: true, example: 'FacePic' }),
        Value: text({ required: true, example: 'base64:///9j/4AAQ…' }),
      }),
    ),
  },
  response: {
    VerifyStatus: struct({
      StatusCode: integer({ example: 1 }),
      SimilarityScore: float({ example: 96.5 }),
      AuditConclusions: text({ optional: true, versions: ['2018-09-16'], example: '身份证照片模糊' }),
      AuthorityComparisonScore: float({ versions: ['2018-09-16'], example: 97.5 }),
    }),
  },
  envelope,
  errors: pick(errors, CODES, { 'InvalidParam.ParamMissing': { status: 403 } }),
  order: { XML: ['RequestId', 'Data', 'Success', 'Code'] },
});

export const submitMaterials = implement(
  submitMaterialsContract,
  async ({ VerifyToken, Material }, { store, clock, photos, method, fromPage, outcome, fail }) => {
    const token = await store.tokens.find(VerifyToken);
    const now = clock.now();
    if (!token || !isAlive(token.expires_at, now))
      return fail('InvalidParam.VerifyTokenExpired', {}, token ? 'token-expired' : 'token-unknown');
    const asked = ticketFailure(token.ticket_id, CODES);
    if (asked) return fail(asked as 'Error.InternalError', {}, 'magic-value');
    if (!Material || Material.length === 0) return fail('InvalidParam.MaterialsEmpty');
    const unknown = Material.find(({ MaterialType }) => !TYPES.includes(MaterialType));
    if (unknown) return fail('InvalidParam.MaterialsNotValid', {}, `no MaterialType ${unknown.MaterialType}`);
    if (Material.length > MAX_MATERIALS)
      return fail('InvalidParam.MaterialsNotValid', {}, `more than ${MAX_MATERIALS} materials`);
    const task = await store.tasks.find(token.biz, token.ticket_id);
    if (task?.status === 0 || task?.status === 1) return fail('Error.DuplicatedTicketId', {}, CLOSED);
    const materials: Record<string, string> = {
      ...bindingMaterials(token.binding),
      ...Object.fromEntries(Material.map(({ MaterialType, Value }) => [MaterialType, Value])),
    };
    if (NEEDED.some((name) => !materials[name]))
      return fail('Error.MaterialsInsufficient', {}, `needs-${NEEDED.join('-')}`);
    const pictures = PICTURES.flatMap((name) => materials[name] ?? []);
    const problems = await Promise.all(
      PICTURES.map((name) =>
        materials[name] === undefined ? undefined : photos.refuse(materials[name], { method, fromPage }),
      ),
    );
    const bad = problems.findIndex((problem) => problem !== undefined);
    if (bad >= 0) return fail('Error.MaterialsUploadError', {}, `picture-${PICTURES[bad]}-${problems[bad]}`);
    const ordered =
      pictureFailure(pictures, CODES) ?? magicFailure(materials.Name, materials.IdentificationNumber, CODES);
    if (ordered) return fail(ordered as 'Error.RealNameCheckFail', {}, 'magic-value');
    const end =
      outcome ??
      ticketOutcome(token.ticket_id) ??
      pictureOutcome(pictures) ??
      taskOutcome(materials.Name, materials.IdentificationNumber) ??
      PASS;
    const stored = await kept(materials, photos).catch((error: Error) => {
      if (error instanceof StoreFullError) return fail('Error.MaterialsUploadError', {}, 'object-store-full');
      throw error;
    });
    const conclusion = concludedBy(end, stored, now) ?? passed(stored, now);
    const done = await store.tasks.submit(token.biz, token.ticket_id, conclusion);
    if (!done) return fail('Error.DuplicatedTicketId', {}, CLOSED);
    return {
      VerifyStatus: {
        StatusCode: done.status,
        SimilarityScore: done.similarity ?? 0,
        AuditConclusions: done.conclusions ?? undefined,
        AuthorityComparisonScore: done.authority ?? 0,
      },
    };
  },
);
