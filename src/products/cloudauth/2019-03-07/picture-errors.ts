/** The codes of the information checks that are sent a picture: some mean another thing than of a phone number. */
import { checkErrors, row } from './check-errors.js';

export const pictureErrors = {
  ...checkErrors,
  '405': row('图片格式不正确', 'the format of the picture is not supported'),
  '406': row('检测不到人脸', 'there is no face in the picture'),
  '419': row('数据重复', 'more than one picture is given'),
  '420': row('传入图片不可用', 'the picture cannot be used'),
  '421': row('传入图片过大', 'the picture is too large'),
  '440': row('OCR识别失败', 'the card cannot be read'),
} as const;
