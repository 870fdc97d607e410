#!/usr/bin/env bash
# Id2MetaVerify with curl and openssl: the RPC signature 1.0, HMAC-SHA1.
#   bash verify.sh 张三 990000199003070013
set -euo pipefail
export LC_ALL=C

encode() {
  local text=$1 out='' char
  while [[ -n $text ]]; do
    char=${text:0:1}
    text=${text:1}
    case $char in
      [A-Za-z0-9._~-]) out+=$char ;;
      *) out+=$(printf %s "$char" | od -An -tx1 | tr -d ' \n' | tr a-f A-F | sed 's/../%&/g') ;;
    esac
  done
  printf %s "$out"
}

# in the order of their names, as they are signed
params=(
  "AccessKeyId=$ALIBABA_CLOUD_ACCESS_KEY_ID"
  Action=Id2MetaVerify
  Format=JSON
  "IdentifyNum=$2"
  ParamType=normal
  SignatureMethod=HMAC-SHA1
  "SignatureNonce=$(openssl rand -hex 16)"
  SignatureVersion=1.0
  "Timestamp=$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  "UserName=$1"
  Version=2019-03-07
)
query=''
for param in "${params[@]}"; do
  query+="${query:+&}${param%%=*}=$(encode "${param#*=}")"
done
key="$ALIBABA_CLOUD_ACCESS_KEY_SECRET&"
signature=$(printf %s "POST&%2F&$(encode "$query")" | openssl dgst -sha1 -hmac "$key" -binary | openssl base64)
curl -sS "${CLOUDAUTH_ENDPOINT:-https://cloudauth.aliyuncs.com}/" -d "$query" --data-urlencode "Signature=$signature"
echo
