"""Compares signatures with those of botocore; prints the number compared, then what differs.

The file named holds a JSON array of objects with method, url, query, headers, time, region, token, body and authorization.
"""
import json
import sys

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET, path = sys.argv[1:4]
with open(path) as file:
    rows = json.load(file)
print(len(rows))
for number, row in enumerate(rows):
    request = AWSRequest(
        method=row["method"],
        url=row["url"],
        headers=row["headers"],
        data=row["body"].encode(),
        params=row["query"],
    )
    request.context["timestamp"] = row["time"]
    auth = S3SigV4Auth(Credentials(KEY, SECRET, row["token"] or None), "s3", row["region"])
    # Payloads are signed over plain http anyway; over https botocore would leave them out.
    request.context["client_config"] = None
    request.context["payload_signing_enabled"] = True
    auth._modify_request_before_signing(request)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical), request)
    wanted = f"SignedHeaders={auth.signed_headers(auth.headers_to_sign(request))},Signature={signature}"
    if not row["authorization"].endswith(wanted):
        print(f"{number}: {canonical!r}")
