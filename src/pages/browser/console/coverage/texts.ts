/** What the view of coverage says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  seen: ['出现过', 'seen'],
  never: ['从未出现', 'never seen'],
  of: ['共', 'of'],
  success: ['成功', 'success'],
  pressToArm: ['点击使下一次调用返回它', 'press to have the next call answer it'],
  armed: ['下一次调用将返回', 'the next call answers'],
  how: [
    '每格是一个文档所列的结果：绿色出现过，空白从未出现。点击空格使下一次调用返回它；方向键在一行内移动。',
    'A square is a documented outcome: green was seen, empty never. Press an empty one to have the next call answer it; arrow keys move along a row.',
  ],
  onlyCalled: ['只看调用过的接口', 'Only operations that were called'],
  asJson: ['导出 JSON', 'Export JSON'],
  billed: ['计费', 'Would be billed'],
  calls: ['调用', 'calls'],
  operation: ['接口', 'operation'],
  rule: ['计费规则', 'by which rule'],
  inferred: ['推断', 'inferred'],
  asHtml: ['导出 HTML', 'Export HTML'],
});
