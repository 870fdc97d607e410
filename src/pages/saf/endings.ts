/** How a tester can have a SAF session end on its page: each failure a query documents, and the three others. */
import { sessionEndings } from '../../products/saf/session.js';
import { choicesOf } from '../ui/endings.js';

export const choices = choicesOf(
  sessionEndings,
  {
    pass: { zh: '通过', en: 'Pass' },
    quit: { zh: '用户退出', en: 'Quit' },
    expire: { zh: '会话过期', en: 'Expire' },
  },
  ({ text }) => ({ zh: `不通过：${text.zh}`, en: `Fail ${text.en}` }),
);
