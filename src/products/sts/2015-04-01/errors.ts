/** Errors of STS, as its page AssumeRole and the vendor's metadata print them; the words of the newer of the two. */
import type { ErrorRow } from '../../../gateway/errors.js';

const wronglyFormed = (name: string, when: string): ErrorRow => ({
  status: 400,
  message: `The parameter ${name} is wrongly formed.`,
  when,
});

export const errors = {
  'InvalidParameter.RoleArn': wronglyFormed('RoleArn', 'RoleArn is not acs:ram::<account>:role/<name>'),
  'InvalidParameter.RoleSessionName': wronglyFormed(
    'RoleSessionName',
    'RoleSessionName is not 2 to 64 letters, digits, dots, @, hyphens and underscores',
  ),
  'InvalidParameter.ExternalId': wronglyFormed('ExternalId', 'ExternalId has a wrong length or a wrong character'),
  'InvalidParameter.SerialNumber': wronglyFormed('SerialNumber', 'SerialNumber names no device for MFA'),
  'InvalidParameter.TokenCode': wronglyFormed('TokenCode', 'TokenCode is no code of a device for MFA'),
  'InvalidParameter.DurationSeconds': {
    status: 400,
    message: 'The Min/Max value of DurationSeconds is 15min/1hr.',
    when: 'DurationSeconds is below 900 or above the MaxSessionDuration of the role, 3600',
  },
  'InvalidParameter.PolicyGrammar': {
    status: 400,
    message: 'The parameter Policy has not passed grammar check.',
    when: 'Policy is not the text of a JSON object with a Version and a list Statement',
  },
  'InvalidParameter.PolicySize': {
    status: 400,
    message: 'The size of Policy must be smaller than 2048 bytes.',
    when: 'Policy is longer than 2048 bytes',
  },
  NoPermission: {
    status: 403,
    message: 'You are not authorized to do this action. You should be authorized by RAM.',
    when: 'the caller may not assume the role',
  },
  'EntityNotExist.Role': {
    status: 404,
    message: 'The specified Role not exists .',
    when: 'RoleArn names no role, but for example a user',
  },
  InternalError: {
    status: 500,
    message: 'STS Server Internal Error happened, please send the RequestId to us.',
    when: 'STS failed',
  },
} as const satisfies Record<string, ErrorRow>;
