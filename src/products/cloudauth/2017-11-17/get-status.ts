/** The state of a task: −1 nothing submitted (also for an unknown TicketId), 0 under review, 1 passed, 2 failed. */
import { contract } from '../../../gateway/contract.js';
import { pick } from '../../../gateway/errors.js';
import { float, integer, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { askTask } from '../ask-task.js';
import { STATUS_CODES, scoresOf, taskEndings } from '../task.js';
import { envelope } from './envelope.js';
import { errors } from './errors.js';

const getStatusContract = contract({
  name: 'GetStatus',
  summary: { en: 'Result of a verification', zh: '查询认证状态' },
  source: 'page “查询认证状态” (linked from document 004)',
  methods: ['GET', 'POST'],
  params: {
    Biz: text({ required: true, example: 'RPBasic' }),
    TicketId: text({ required: true, example: '39ecf51e-2f81-4dc5-90ee-ff86125be683' }),
  },
  response: {
    StatusCode: integer({ example: 1 }),
    SimilarityScore: float({ optional: true, example: 96.5 }),
    AuditConclusions: text({ optional: true, example: '身份证照片模糊' }),
    AuthorityComparisonScore: float({ optional: true, versions: ['2018-09-16'], example: 97.5 }),
  },
  envelope,
  errors: pick(errors, [
    'Error.InternalError',
    'InvalidParam.ParamMissing',
    'Error.NoPermissionAccess',
    'InvalidParam.InvalidBiz',
  ]),
  order: { XML: ['RequestId', 'Data', 'Success', 'Code'] },
  honours: { outcome: taskEndings, progression: true },
});

export const getStatus = implement(getStatusContract, async ({ Biz, TicketId }, context) => {
  if (!(await context.store.scenes.find(Biz)))
    return context.fail('InvalidParam.InvalidBiz', {}, ['no-biz', { biz: Biz }]);
  const task = await askTask(Biz, TicketId, context);
  if (!task) context.note('no-task');
  if (!task) return { StatusCode: -1 };
  const { similarity, authority } = scoresOf(task);
  return {
    StatusCode: STATUS_CODES[task.status],
    SimilarityScore: similarity,
    AuditConclusions: task.reason ?? undefined,
    AuthorityComparisonScore: authority,
  };
});
