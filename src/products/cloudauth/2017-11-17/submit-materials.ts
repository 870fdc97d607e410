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
import { wordOf } from '../../../platform/hint.js';
import { endingIn } from '../../../verification/endings.js';
import { isAlive } from '../../../verification/verification.js';
import { failureIn, outcomeOf } from '../../outcome-of.js';
import { conclusionOf } from '../../verification-kind.js';
import { bindingMaterials, PICTURES, unusablePicture } from '../materials.js';
import { cloudauthTask, STATUS_CODES, scoresOf, submissionEndings, taskData, unusableBinding } from '../task.js';
import { envelope } from './envelope.js';
import { errors } from './errors.js';

const TYPES = ['Name', 'IdentificationNumber', 'FacePic', 'IdCardFrontPic', 'IdCardBackPic', 'IDPic', 'Mobile'];
const NEEDED = ['Name', 'IdentificationNumber', 'FacePic'];
const MAX_MATERIALS = 10;
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
  honours: { outcome: submissionEndings },
});

export const submitMaterials = implement(
  submitMaterialsContract,
  async ({ VerifyToken, Material }, { store, clock, behaviour, photos, method, fromPage, outcome, note, fail }) => {
    const token = await store.verifications.byId(VerifyToken);
    const now = clock.now();
    if (token?.kind !== cloudauthTask.name || !isAlive(token.expires_at, now))
      return fail('InvalidParam.VerifyTokenExpired', {}, token ? 'token-expired' : 'token-unknown');
    const asked = failureIn({ ticket: token.name }, CODES);
    if (asked) return fail(asked, {}, 'magic-value');
    if (!Material || Material.length === 0) return fail('InvalidParam.MaterialsEmpty');
    const unknown = Material.find(({ MaterialType }) => !TYPES.includes(MaterialType));
    if (unknown)
      return fail('InvalidParam.MaterialsNotValid', {}, [
        'no-material',
        { type: wordOf(unknown.MaterialType), known: TYPES },
      ]);
    if (Material.length > MAX_MATERIALS)
      return fail('InvalidParam.MaterialsNotValid', {}, ['too-many-materials', { max: MAX_MATERIALS }]);
    const task = await store.verifications.current(token);
    if (task?.status === 'review' || task?.status === 'passed') return fail('Error.DuplicatedTicketId', {}, 'closed');
    const own: Record<string, string> = Object.fromEntries(
      Material.map(({ MaterialType, Value }) => [MaterialType, Value]),
    );
    const materials: Record<string, string> = { ...bindingMaterials(taskData(token).binding), ...own };
    if (NEEDED.some((name) => !materials[name]))
      return fail('Error.MaterialsInsufficient', {}, ['needs', { names: NEEDED }]);
    const pictures = PICTURES.flatMap((name) => materials[name] ?? []);
    const unusable =
      (await unusablePicture(own, photos, { method, fromPage })) ?? (await unusableBinding(token, own, photos));
    if (unusable) return fail('Error.MaterialsUploadError', {}, ['picture-refused', unusable]);
    const values = { pictures, name: materials.Name, number: materials.IdentificationNumber };
    const ordered = failureIn(values, CODES);
    if (ordered) return fail(ordered, {}, 'magic-value');
    const end = outcome
      ? endingIn(submissionEndings, outcome)
      : outcomeOf(submissionEndings, { ...values, ticket: token.name }, behaviour.people, note);
    const ending = { kind: end.kind === 'fail' ? end.kind : 'pass', reason: end.reason } as const;
    const conclusion = await conclusionOf(cloudauthTask, token, ending, now, photos, { handedIn: materials }).catch(
      (error: Error) => {
        if (error instanceof StoreFullError) return fail('Error.MaterialsUploadError', {}, 'store-full');
        throw error;
      },
    );
    const done = await store.verifications.conclude(token, conclusion, ['open', 'failed']);
    if (!done) return fail('Error.DuplicatedTicketId', {}, 'closed');
    const { similarity = 0, authority = 0 } = scoresOf(done);
    return {
      VerifyStatus: {
        StatusCode: STATUS_CODES[done.status],
        SimilarityScore: similarity,
        AuditConclusions: done.reason ?? undefined,
        AuthorityComparisonScore: authority,
      },
    };
  },
);
