/** How a tester can have a task end on the page, and the words for it. */
import { taskEndings } from '../../products/cloudauth/task.js';
import { choicesOf } from '../ui/endings.js';

export const choices = choicesOf(
  taskEndings,
  {
    pass: { zh: '通过', en: 'Pass' },
    quit: { zh: '中途退出', en: 'Quit' },
    expire: { zh: '会话过期', en: 'Expire' },
  },
  ({ text }) => ({ zh: `不通过：${text.zh}`, en: `Fail: ${text.en}` }),
);
