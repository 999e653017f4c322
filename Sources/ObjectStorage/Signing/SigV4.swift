import Digest
import RecordingKit

/// Signs requests with Signature Version 4 (`AWS4-HMAC-SHA256`): a pure value.
///
/// The content's hash is always part of the signature; there is no way to sign a request without it.
struct SigV4: Sendable {
    let credentials: S3Credentials
    let region: String
    /// The service's name; `s3` for object storage.
    let service: String

    init(credentials: S3Credentials, region: String, service: String = "s3") {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The SHA-256 of no content.
    static let emptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// The header fields of an object storage's request, completed by those that authenticate it.
    ///
    /// - Parameters:
    ///   - headers: everything that is to be signed but the host, the time, the content's hash and the token.
    ///   - host: the value of `Host`: with the port unless that is the scheme's own.
    /// - Throws: `DigestError`.
    func sign(
        method: String,
        host: String,
        path: String,
        query: [S3Parameter],
        headers: HTTPHeaders,
        payloadHash: String,
        at time: SigningTime
    ) throws -> HTTPHeaders {
        var sent = headers
        sent.set("x-amz-date", time.text)
        sent.set("x-amz-content-sha256", payloadHash)
        if let token = credentials.sessionToken { sent.set("x-amz-security-token", token.value) }
        var signed = sent
        signed.set("host", host)
        let request = CanonicalRequest(
            method: method,
            path: path,
            query: query,
            headers: signed,
            payloadHash: payloadHash
        )
        sent.set("Authorization", try authorization(for: request, at: time))
        return sent
    }

    /// The value of `Authorization`.
    func authorization(for request: CanonicalRequest, at time: SigningTime) throws -> String {
        "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope(time)),"
            + "SignedHeaders=\(request.signedHeaders),Signature=\(try signature(of: request, at: time))"
    }

    /// 64 hexadecimal digits.
    func signature(of request: CanonicalRequest, at time: SigningTime) throws -> String {
        let text = try stringToSign(request, at: time)
        return try HMACSHA256.authenticate(Array(text.utf8), key: signingKey(day: time.day)).lowercaseHex
    }

    /// What the key is applied to.
    func stringToSign(_ request: CanonicalRequest, at time: SigningTime) throws -> String {
        let hash = try SHA256.hash(Array(request.text.utf8)).lowercaseHex
        return ["AWS4-HMAC-SHA256", time.text, scope(time), hash].joined(separator: "\n")
    }

    /// The key of one day, region and service.
    func signingKey(day: String) throws -> [UInt8] {
        try [day, region, service, "aws4_request"].reduce(Array("AWS4\(credentials.secretAccessKey.value)".utf8)) {
            try HMACSHA256.authenticate(Array($1.utf8), key: $0)
        }
    }

    private func scope(_ time: SigningTime) -> String {
        "\(time.day)/\(region)/\(service)/aws4_request"
    }
}
