import Digest
import Foundation
import RecordingKit
import Testing

@testable import ObjectStorage

@Suite("Signatures beside those of an independent implementation")
struct IndependentSignatureTests {
    private struct Row: Encodable {
        let method: String
        let url: String
        let query: [String: String]
        let headers: [String: String]
        let time: String
        let region: String
        let token: String
        let body: String
        let authorization: String
    }

    /// A generator whose numbers are the same in every run.
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ state >> 29) &* 0x9E37_79B9_7F4A_7C15
        }
    }

    private static let characters: [Character] = Array(
        "abcXYZ019-._~+=&%?#;:@!$'()*, /\"<>|^`{}[]üß日本\u{1F600}e\u{301}"
    )

    private static func text(_ numbers: inout Numbers, _ lengths: ClosedRange<Int>) -> String {
        String(
            (0..<Int.random(in: lengths, using: &numbers)).map { _ in characters.randomElement(using: &numbers) ?? "x" }
        )
    }

    private static func row(_ numbers: inout Numbers) throws -> Row {
        let key = text(&numbers, 0...20)
        var query: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &numbers) { query[text(&numbers, 1...6)] = text(&numbers, 0...8) }
        if Bool.random(using: &numbers) { query["uploads"] = "" }
        var headers: [String: String] = [:]
        if Bool.random(using: &numbers) { headers["Content-Type"] = "text/plain; charset=utf-8" }
        if Bool.random(using: &numbers) { headers["x-amz-meta-sha256"] = "  two   words " }
        if Bool.random(using: &numbers) { headers["Range"] = "bytes=0-9" }
        let token = Bool.random(using: &numbers) ? "tok/en+==" : ""
        let method = ["GET", "PUT", "HEAD", "DELETE", "POST"].randomElement(using: &numbers) ?? "GET"
        let host =
            ["bucket.s3.amazonaws.com", "localhost:9000", "[::1]:81"].randomElement(using: &numbers) ?? "localhost"
        let region = ["us-east-1", "eu-central-1", "auto"].randomElement(using: &numbers) ?? "auto"
        let body = text(&numbers, 0...30)
        let time = SigningTime(
            Timestamp(secondsSince1970: Int64.random(in: 1_000_000_000...2_000_000_000, using: &numbers))
        )
        let path = "/" + S3Key.encode(key)
        let signer = SigV4(
            credentials: S3Credentials(
                accessKeyID: "AKID",
                secretAccessKey: Secret(StorageBench.secret),
                sessionToken: token.isEmpty ? nil : Secret(token)
            ),
            region: region
        )
        let signed = try signer.sign(
            method: method,
            host: host,
            path: path,
            query: query.map { S3Parameter($0.key, $0.value) },
            headers: HTTPHeaders(headers.map { HTTPHeaders.Field(name: $0.key, value: $0.value) }),
            payloadHash: try SHA256.hash(Array(body.utf8)).lowercaseHex,
            at: time
        )
        return Row(
            method: method,
            url: "http://\(host)\(path)",
            query: query,
            headers: headers,
            time: time.text,
            region: region,
            token: token,
            body: body,
            authorization: signed["Authorization"] ?? ""
        )
    }

    @Test("A thousand random requests have the signatures that botocore gives them", .enabled(if: Python.isAvailable))
    func random() throws {
        var numbers = Numbers(state: 42)
        let rows = try (0..<1_000).map { _ in try Self.row(&numbers) }
        let file = FileManager.default.temporaryDirectory.appending(path: "signatures-\(UUID().uuidString).json")
        try JSONEncoder().encode(rows).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try Python.output(of: "signatures.py", ["AKID", StorageBench.secret, file.path])
        #expect(output == "1000\n")
    }
}
