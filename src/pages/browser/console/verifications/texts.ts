/** What the view of verifications says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  pass: ['通过', 'Pass'],
  failIt: ['失败', 'Fail'],
  quit: ['退出', 'Quit'],
  expire: ['过期', 'Expire'],
  reason: ['失败原因', 'Reason'],
  passed: ['已通过', 'passed'],
  review: ['审核中', 'in review'],
  usual: ['默认原因', 'the usual one'],
  underWay: ['进行中', 'Under way'],
  ended: ['已结束', 'Ended'],
  nothingOpen: ['没有进行中的认证。', 'Nothing is under way.'],
  nothingEnded: ['没有已结束的认证。', 'Nothing has ended.'],
  pageOpen: ['页面已打开', 'page open'],
  left: ['用户已离开', 'left'],
  expired: ['已过期', 'expired'],
  asksFor: ['数据要求：', 'asks for '],
});
