/** What the view of people and codes says, in both languages. */
import { withOwn } from '../texts.js';

export const t = withOwn({
  search: ['搜索姓名、号码、错误码或说明', 'Search names, numbers, codes, words'],
  people: ['测试人员与测试值', 'Test people and values'],
  peopleHow: [
    '在应用中使用这些号码或姓名，结果即由其决定。地区码从未签发，不会是真人。',
    'Used in your application they choose the outcome by themselves. Their area code was never issued: nobody real has one.',
  ],
  codes: ['错误码', 'Codes'],
  copy: ['复制', 'Copy'],
  gets: ['应用收到', 'your application gets'],
  makeFail: ['制造此失败', 'Make it fail'],
  every: ['所有接口', 'every operation'],
  more: ['还有更多，请缩小搜索范围：', 'more; narrow the search: '],
  none: ['没有符合的。', 'None fits.'],
});
