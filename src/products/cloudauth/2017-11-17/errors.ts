/**
 * The error tables of the 2017-2018 pages, verbatim (“imput” sic). Operations override rows: ParamMissing is 400 on
 * some pages and 403 on others, and document 004 prints some messages without their final period.
 */
import type { ErrorTable } from '../../../gateway/errors.js';

export const errors = {
  'Error.InternalError': {
    status: 500,
    message: 'The request processing has failed due to some unknown error.',
    when: 'the service fails',
    zh: '服务内部出现未知错误，请联系技术支持排查。',
  },
  'InvalidParam.ParamMissing': {
    status: 400,
    message: 'Please check if there is param empty in your imput.',
    when: 'a required parameter is absent or empty',
    zh: '参数错误，请检查参数是否为空。',
  },
  'Error.NoPermissionAccess': {
    status: 403,
    message: 'No permission to access our service.',
    when: 'the service is not activated for the account',
    zh: '没有权限访问服务，请确认是否服务已开通。',
  },
  'InvalidParam.InvalidBiz': {
    status: 400,
    message: 'The biz is not valid.',
    when: 'Biz names no scene of the account',
    zh: '参数`Biz`不合法，请与控制台上创建的保持一致。',
  },
  'InvalidParam.RecordNotFound': {
    status: 404,
    message: 'There is not record associated with your ticketId.',
    when: 'the task has no materials',
  },
  'Error.GetMaterialsError': {
    status: 500,
    message: 'GetMaterials action failed due to internal error.',
    when: 'the materials cannot be read',
  },
  'InvalidParam.VerifyTokenExpired': {
    status: 400,
    message: 'The verify token was expired.',
    when: 'the VerifyToken is unknown or older than 1800 s',
  },
  'InvalidParam.MaterialsEmpty': {
    status: 400,
    message: 'The materials list is empty.',
    when: 'no Material.n was sent',
  },
  'InvalidParam.MaterialsNotValid': {
    status: 403,
    message: 'The param materials is not valid.',
    when: 'a MaterialType is unknown, or there are more than ten',
  },
  'Error.DuplicatedTicketId': {
    status: 403,
    message: 'A record associated with your ticketId has existed.',
    when: 'the task has passed or is under review',
  },
  'Error.SubmitMaterialsError': {
    status: 500,
    message: 'SubmitMaterials action failed due to internal error.',
    when: 'the submission cannot be processed',
  },
  'Error.MaterialsUploadError': {
    status: 500,
    message: 'The materials upload failed.',
    when: 'a picture is in the wrong form, unreachable or larger than 2 MB',
  },
  'Error.MaterialsInsufficient': {
    status: 403,
    message: 'The number of materials does not meet the requirements for verification.',
    when: 'Name, IdentificationNumber or FacePic is missing',
  },
  'Error.RealNameCheckFail': {
    status: 400,
    message: 'Name not match with IdentificationNumber',
    when: 'name and number do not belong together',
  },
} as const satisfies ErrorTable;
