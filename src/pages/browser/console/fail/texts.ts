/** What the view that makes calls fail says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  which: ['接口', 'Operation'],
  chooseOperation: ['选择接口', 'choose an operation'],
  seen: ['最近调用过的', 'called lately'],
  withWhat: ['返回的错误', 'Answers'],
  nothing: ['（不改变返回）', '(the answer stays)'],
  from: ['从第几次匹配的调用起', 'From which matching call'],
  times: ['几次', 'How often'],
  always: ['一直', 'always'],
  delay: ['延迟（毫秒）', 'Delay (ms)'],
  fault: ['连接故障', 'Socket fault'],
  noFault: ['无', 'none'],
  only: ['只限参数', 'Only where a parameter is'],
  arm: ['生效', 'Make it fail'],
  armed: ['已生效', 'It is in force'],
  same: ['同样的写法', 'The same, written down'],
  inForce: ['生效中的规则', 'Rules in force'],
  noRules: ['没有规则。', 'No rules.'],
  takeBack: ['撤销', 'Take back'],
  fired: ['已触发', 'fired'],
  matched: ['匹配', 'matched'],
  nothingOrdered: ['选择错误、延迟或故障', 'choose an error, a delay or a fault'],
});
