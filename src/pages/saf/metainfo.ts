/**
 * getmetainfo.js as the page “Web端接入” describes it: one function, the device's token and the browser's name in
 * metaInfo, and whether the browser will do. What an unsupported browser is told is not printed: guessed.
 */

/**
 * In the ES5 of the oldest browser the page names.
 * @param token 32 hex digits. @param supported false to have every browser refused
 */
export const metaInfoScript = (token: string, supported: boolean): string => `function getMetaInfo() {
  var media = navigator.mediaDevices;
  var camera = (media && media.getUserMedia) || navigator.getUserMedia || navigator.webkitGetUserMedia || navigator.mozGetUserMedia;
  var supported = ${supported} && Boolean(camera);
  return {
    metaInfo: { apdidToken: 'APDIDJS_zorro_${token}', userAgent: navigator.userAgent, deviceType: 'H5' },
    retCode: supported ? 100 : 101,
    retCodeSub: supported ? 'Z1400' : 'Z1401',
    retMessageSub: supported ? '浏览器版本支持(Z1400)' : '浏览器版本不支持(Z1401)'
  };
}
`;
