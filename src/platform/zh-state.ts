/** Chinese for what the control side and commands say of an account's state: clock, snapshots, reset, ordered failures. See zh.ts. */

// biome-ignore format: one sentence a line
export const stateZh: Readonly<Record<string, string>> = {
  "'{}' is no account; write an AccessKeyId that begins with LTAImock, or an account of --access-key": '“{1}”不是账号；请写以 LTAImock 开头的 AccessKeyId，或 --access-key 中的账号',
  'account {} has a state of its own; reset it, or name another': '账号 {1} 已有自己的状态；请先重置它，或换一个账号',
  "account {} has a snapshot '{}' already; delete it, or name another": '账号 {1} 已有快照“{2}”；请先删除它，或换一个账号',
  'account {} has no reset to undo by that handle; only its last one can be': '账号 {1} 没有可凭此撤销的重置；只能撤销最近一次',
  'that reset can be undone no more; it could for ten seconds': '该重置已无法撤销；只在十秒内可以',
  'undo must be what POST reset answered': 'undo 必须是 POST reset 返回的内容',
  'as must name the account it is opened as': 'as 必须写明作为哪个账号打开',
  'times must be a whole number from 1 to {}': 'times 必须是 1 到 {1} 的整数',
  "delay: '{}' is not between 0 and 1d": 'delay：“{1}”不在 0 到 1d 之间',
};
