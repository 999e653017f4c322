"""Serves an object storage in memory on a free loopback port, and ends when its standard input does.

Prints the port. Moto checks neither signatures nor checksums, so both are checked here before it sees a request: the
signature with botocore's own code, of the request line as it came.
"""
import base64
import hashlib
import io
import os
import sys
import threading

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import Client

KEY, SECRET, BUCKET = sys.argv[1:4]


def refuse(start, status, code):
    start(status, [("Content-Type", "application/xml"), ("x-amz-request-id", "TEST")])
    return [f'<?xml version="1.0"?><Error><Code>{code}</Code></Error>'.encode()]


def expected_signature(environ, fields, signed, body):
    url = "http://" + environ["HTTP_HOST"] + (environ.get("RAW_URI") or environ["REQUEST_URI"])
    headers = {name: fields[name] for name in signed if name != "host"}
    request = AWSRequest(method=environ["REQUEST_METHOD"], url=url, headers=headers, data=body)
    request.context["timestamp"] = fields["x-amz-date"]
    region = fields["authorization"].split("/")[2]
    auth = S3SigV4Auth(Credentials(KEY, SECRET), "s3", region)
    return auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)


class Guard:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        fields = {k[5:].replace("_", "-").lower(): v for k, v in environ.items() if k.startswith("HTTP_")}
        if environ.get("CONTENT_TYPE"):
            fields["content-type"] = environ["CONTENT_TYPE"]
        authorization = fields.get("authorization", "")
        if "SignedHeaders=" not in authorization:
            return refuse(start, "403 Forbidden", "AccessDenied")
        signed = authorization.split("SignedHeaders=")[1].split(",")[0].split(";")
        unsigned = [name for name in fields if name.startswith("x-amz-") and name not in signed]
        if unsigned or expected_signature(environ, fields, signed, body) != authorization.split("Signature=")[1]:
            return refuse(start, "403 Forbidden", "SignatureDoesNotMatch")
        digest = hashlib.sha256(body)
        if fields.get("x-amz-content-sha256") != digest.hexdigest():
            return refuse(start, "400 Bad Request", "XAmzContentSHA256Mismatch")
        checksum = fields.get("x-amz-checksum-sha256")
        if checksum and checksum != base64.b64encode(digest.digest()).decode():
            return refuse(start, "400 Bad Request", "BadDigest")
        if any("acl" in name or "grant" in name for name in fields):
            return refuse(start, "400 Bad Request", "AccessControlListNotSupported")
        return self.app(environ, start)


class Silent(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *arguments):
        pass


def end_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


app = DomainDispatcherApplication(create_backend_app)
made = Client(app).put("/" + BUCKET, base_url="http://127.0.0.1", headers={"Authorization": f"AWS4-HMAC-SHA256 Credential={KEY}/20260101/us-east-1/s3/aws4_request"})
assert made.status_code == 200, made.data
server = make_server("127.0.0.1", 0, Guard(app), threaded=True, request_handler=Silent)
print(server.server_port, flush=True)
threading.Thread(target=end_with_input, daemon=True).start()
server.serve_forever()
