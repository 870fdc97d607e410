// A mini program: wx.uploadFile writes the fields of formData before the file, as OSS wants it. In the developer tools the
// host of the bucket is a legal uploadFile domain, or domains are not checked.
export function uploadPhoto(wx, backend, filePath) {
  const asked = new Promise((success, fail) => wx.request({ url: `${backend}/upload-form`, success, fail }));
  return asked.then(
    ({ data: { url, fields } }) =>
      new Promise((resolve, reject) =>
        wx.uploadFile({
          url,
          filePath,
          name: 'file',
          formData: fields,
          success: ({ statusCode }) =>
            statusCode === 200 ? resolve(fields.key) : reject(new Error(`OSS: ${statusCode}`)),
          fail: reject,
        }),
      ),
  );
}
