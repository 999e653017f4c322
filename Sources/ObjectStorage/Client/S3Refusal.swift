import RecordingHost
import RecordingKit

/// What an object storage said when it did not do what it was asked for.
struct S3Refusal: Error, Sendable {
    let request: String
    let purpose: String
    let status: Int?
    /// The storage's name for the failure, such as `NoSuchBucket`; empty when it gave none.
    let code: String
    let requestID: String?
    /// The bucket's region, where the storage names it.
    let region: String?
    /// Why there was no answer.
    let transport: TransportError?
    var attempts = 1
    var retryAt: Timestamp?

    init(_ request: S3Request, _ response: TransportResponse, document: XMLElement?) {
        self.request = request.endpoint
        purpose = request.purpose
        status = response.status
        code = Self.word(document?.name == "Error" ? document?["Code"] : nil) ?? ""
        requestID = Self.word(response.headers["x-amz-request-id"])
        region = Self.word(response.headers["x-amz-bucket-region"] ?? document?["Region"])
        transport = nil
    }

    init(_ request: S3Request, _ error: TransportError) {
        self.request = request.endpoint
        purpose = request.purpose
        status = nil
        code = ""
        requestID = nil
        region = nil
        transport = error
    }

    /// Whether the same request may work in a moment.
    var mayPass: Bool {
        if let transport {
            switch transport.kind {
            case .unresolvedHost, .notConnected, .connectionBroken, .truncated, .timedOut, .malformed: return true
            default: return false
            }
        }
        return Self.passingCodes.contains(code) || Self.passingStatuses.contains(status ?? 0)
    }

    private static let passingStatuses: Set<Int> = [408, 429, 500, 502, 503, 504]
    private static let passingCodes: Set<String> = [
        "InternalError", "ServiceUnavailable", "SlowDown", "RequestTimeout", "Throttling", "OperationAborted",
        "ConditionalRequestConflict", "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch",
        "IncompleteBody",
    ]

    /// The failure as everything outside sees it.
    var error: TapedeckError {
        var error = TapedeckError(.mediaStoreFailed, "\(purpose): \(explanation)")
        error.endpoint = request
        error.status = status
        error.requestID = requestID
        error.attempts = attempts
        error.retryAt = retryAt
        return error
    }

    private var explanation: String {
        if let transport {
            return transport.kind == .tlsFailed
                ? "TLS could not be set up; check the endpoint and the certificate authorities."
                : "the object storage could not be reached (\(transport.kind.rawValue)); check the endpoint."
        }
        let name = code.isEmpty ? "status \(status ?? 0)" : code
        return "the object storage refused it (\(name)). \(advice)"
    }

    private var advice: String {
        switch code {
        case "RequestTimeTooSkewed":
            return "This machine's clock is more than 15 minutes wrong; set it."
        case "SignatureDoesNotMatch":
            return "Check the secret access key, and that no proxy changes requests."
        case "InvalidAccessKeyId": return "Check the access key id."
        case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
            return "The session token is no longer valid; get new temporary credentials."
        case "NoSuchBucket": return "Check the bucket's name, the endpoint and the addressing."
        case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect",
            "IllegalLocationConstraintException":
            return "Check the region and the endpoint" + (region.map { "; the bucket is in \($0)." } ?? ".")
        case "InvalidStorageClass", "InvalidArgument", "NotImplemented":
            return "Check the storage class and the encryption; this service may not know them."
        case let code where code.hasPrefix("KMS") || code.hasPrefix("Kms"):
            return "Check the encryption key and the right to use it."
        case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch":
            return "What arrived is not what was sent; check the network and the machine's memory."
        default: return adviceForStatus
        }
    }

    private var adviceForStatus: String {
        switch status ?? 0 {
        case 301, 307: "Check the region and the endpoint" + (region.map { "; the bucket is in \($0)." } ?? ".")
        case 401, 403:
            "Check the access key, the bucket's policy and that s3:PutObject, s3:GetObject, s3:DeleteObject, s3:ListBucket,"
                + " s3:ListBucketMultipartUploads, s3:ListMultipartUploadParts and s3:AbortMultipartUpload are allowed."
        case 404: "Check the bucket's name, the endpoint and the addressing."
        case 429, 503: "It wants fewer requests; try again later."
        case 500...: "It failed by itself; try again later."
        default: "Check the settings of the object storage."
        }
    }

    /// A short name that can be shown; nil for anything else.
    private static func word(_ text: String?) -> String? {
        guard let text, (1...100).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x3A, 0x5F: true
                default: false
                }
            })
        else { return nil }
        return text
    }
}
