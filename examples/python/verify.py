"""Id2MetaVerify with Python's standard library: the RPC signature 1.0, HMAC-SHA1.

    python3 verify.py 张三 990000199003070013
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import uuid
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

KEY_ID = os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"]
SECRET = os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"]
ENDPOINT = os.environ.get("CLOUDAUTH_ENDPOINT", "https://cloudauth.aliyuncs.com")


def call(action, **params):
    params |= {
        "Action": action,
        "Version": "2019-03-07",
        "Format": "JSON",
        "AccessKeyId": KEY_ID,
        "SignatureMethod": "HMAC-SHA1",
        "SignatureVersion": "1.0",
        "SignatureNonce": str(uuid.uuid4()),
        "Timestamp": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    query = urlencode(sorted(params.items()), quote_via=quote, safe="~")
    to_sign = f"POST&%2F&{quote(query, safe='~')}"
    digest = hmac.new(f"{SECRET}&".encode(), to_sign.encode(), hashlib.sha1).digest()
    body = urlencode({**params, "Signature": base64.b64encode(digest).decode()})
    try:
        with urlopen(ENDPOINT, body.encode(), timeout=20) as reply:
            return reply.status, json.load(reply)
    except HTTPError as refused:
        return refused.code, json.load(refused)


name, number = sys.argv[1:3]
status, answer = call("Id2MetaVerify", ParamType="normal", UserName=name, IdentifyNum=number)
print(status, answer.get("Code"), answer.get("Message"), answer.get("ResultObject", {}).get("BizCode", ""))
