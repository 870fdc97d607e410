/**
 * MetaInfo: what the client SDK of an app, or the script of a web page, says of the device. The script's has deviceType `web`
 * (a computer) or `h5` (a phone), and `ua`; only for that there is a page (metadata of InitFaceVerify).
 */
import { jsonObject } from '../../../gateway/parse.js';

/** @returns undefined for anything but the text of a JSON object */
export function platformOf(metaInfo: string): 'web' | 'app' | undefined {
  const said = jsonObject(metaInfo);
  if (!said) return undefined;
  const { bioMetaInfo, deviceType, ua } = said;
  const isWeb = (deviceType === 'web' || deviceType === 'h5') && isFilled(bioMetaInfo) && isFilled(ua);
  return isWeb ? 'web' : 'app';
}

const isFilled = (value: unknown): boolean => typeof value === 'string' && value !== '';
