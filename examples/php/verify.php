<?php
// Id2MetaVerify with PHP's own curl: the RPC signature 1.0, HMAC-SHA1.
//   php verify.php 张三 990000199003070013
declare(strict_types=1);

[, $name, $number] = $argv;
$params = [
    'Action' => 'Id2MetaVerify',
    'Version' => '2019-03-07',
    'Format' => 'JSON',
    'ParamType' => 'normal',
    'UserName' => $name,
    'IdentifyNum' => $number,
    'AccessKeyId' => getenv('ALIBABA_CLOUD_ACCESS_KEY_ID'),
    'SignatureMethod' => 'HMAC-SHA1',
    'SignatureVersion' => '1.0',
    'SignatureNonce' => bin2hex(random_bytes(16)),
    'Timestamp' => gmdate('Y-m-d\TH:i:s\Z'),
];
ksort($params);
$query = http_build_query($params, '', '&', PHP_QUERY_RFC3986);
$toSign = 'POST&%2F&' . rawurlencode($query);
$key = getenv('ALIBABA_CLOUD_ACCESS_KEY_SECRET') . '&';
$params['Signature'] = base64_encode(hash_hmac('sha1', $toSign, $key, true));

$request = curl_init((getenv('CLOUDAUTH_ENDPOINT') ?: 'https://cloudauth.aliyuncs.com') . '/');
curl_setopt_array($request, [
    CURLOPT_POSTFIELDS => http_build_query($params),
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 20,
]);
$body = curl_exec($request);
if ($body === false) {
    fwrite(STDERR, curl_error($request) . "\n");
    exit(1);
}
$answer = json_decode($body, true);
echo implode(' ', [
    curl_getinfo($request, CURLINFO_RESPONSE_CODE),
    $answer['Code'] ?? '',
    $answer['Message'] ?? '',
    $answer['ResultObject']['BizCode'] ?? '',
]), "\n";
