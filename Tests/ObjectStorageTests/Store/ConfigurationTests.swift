import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import ObjectStorage

@Suite("Configuring an object storage")
struct ConfigurationTests {
    private func configuration(
        endpoint: String = "https://s3.eu-central-1.amazonaws.com",
        region: String = "eu-central-1",
        bucket: String = "media-files",
        prefix: String = "calls",
        addressing: S3Addressing = .virtualHost,
        accessKeyID: String = "AKID",
        encryption: S3Encryption? = nil,
        storageClass: String? = nil,
        partBytes: Int = 16 << 20,
        parallelParts: Int = 4,
        allowsInsecureHTTP: Bool = false
    ) throws -> S3Configuration {
        try S3Configuration(
            endpoint: endpoint,
            region: region,
            bucket: bucket,
            prefix: prefix,
            addressing: addressing,
            credentials: S3Credentials(accessKeyID: accessKeyID, secretAccessKey: Secret("s3cr3t")),
            encryption: encryption,
            storageClass: storageClass,
            partBytes: partBytes,
            parallelParts: parallelParts,
            allowsInsecureHTTP: allowsInsecureHTTP
        )
    }

    @Test("What cannot work is refused at once")
    func refused() throws {
        let invalid = TapedeckError(.configurationInvalid, "")
        #expect(throws: TapedeckError(.insecureURL, "")) { try configuration(endpoint: "http://example.com") }
        #expect(throws: invalid) { try configuration(endpoint: "s3.amazonaws.com") }
        #expect(throws: invalid) { try configuration(endpoint: "https://h/?x=1") }
        #expect(throws: invalid) { try configuration(region: "EU Central") }
        #expect(throws: invalid) { try configuration(region: "") }
        for bucket in ["ab", "Media", "-media", "a..b", "a/b", "media."] {
            #expect(throws: invalid) { try configuration(bucket: bucket) }
        }
        for prefix in ["/a", "a//b", "a/../b", ".", "a\n", String(repeating: "a", count: 513)] {
            #expect(throws: invalid) { try configuration(prefix: prefix) }
        }
        #expect(throws: invalid) { try configuration(bucket: "media.files") }
        #expect(throws: invalid) { try configuration(accessKeyID: "a\r\nb") }
        #expect(throws: invalid) { try configuration(encryption: .kms(keyID: "")) }
        #expect(throws: invalid) { try configuration(storageClass: "A B") }
        #expect(throws: invalid) { try configuration(partBytes: 5 << 20 - 1) }
        #expect(throws: invalid) { try configuration(parallelParts: 0) }
    }

    @Test("Plain http goes to this machine, and elsewhere where it is allowed")
    func plain() throws {
        #expect(try configuration(endpoint: "http://localhost:9000").endpoint.origin.port == 9000)
        #expect(try configuration(endpoint: "http://minio:9000", allowsInsecureHTTP: true).allowsInsecureHTTP)
    }

    @Test("The secret shows nowhere")
    func secret() throws {
        let configuration = try configuration()
        #expect(!"\(configuration)".contains("s3cr3t"))
        #expect(!String(reflecting: configuration).contains("s3cr3t"))
    }

    @Test("The bucket is named in the host or in the path, behind the endpoint's own path")
    func addressing() async throws {
        let cases: [(S3Configuration, String)] = [
            (try configuration(), "https://media-files.s3.eu-central-1.amazonaws.com/calls/a%20b"),
            (try configuration(endpoint: "https://h:8443/s3/"), "https://media-files.h:8443/s3/calls/a%20b"),
            (try configuration(endpoint: "https://h/s3", addressing: .path), "https://h/s3/media-files/calls/a%20b"),
            (
                try configuration(bucket: "a.b", addressing: .path),
                "https://s3.eu-central-1.amazonaws.com/a.b/calls/a%20b"
            ),
        ]
        for (configuration, url) in cases {
            let storage = MemoryStorage { _, _ in .answer(TransportResponse(status: 200)) }
            let client = S3Client(
                configuration: configuration,
                transport: storage,
                clock: ManualClock.automatic(at: Timestamp(secondsSince1970: 0)),
                jitter: { 0 },
                policy: RetryPolicy()
            )
            _ = try await client.send(S3Request(purpose: "", key: "calls/a b"))
            #expect(storage.requests.first?.url.text == url)
        }
    }

    @Test("Encryption and storage class go with what makes an object, and with nothing else")
    func kept() throws {
        let configuration = try configuration(encryption: .kms(keyID: "alias/media"), storageClass: "STANDARD_IA")
        let headers = ObjectDescription(contentType: "a\r\nb", sha256: "ff").headers(configuration)
        #expect(headers["x-amz-server-side-encryption"] == "aws:kms")
        #expect(headers["x-amz-server-side-encryption-aws-kms-key-id"] == "alias/media")
        #expect(headers["x-amz-storage-class"] == "STANDARD_IA")
        #expect(headers["Content-Type"] == "application/octet-stream")
        let plain = ObjectDescription(contentType: "audio/wav", sha256: "ff").headers(try self.configuration())
        #expect(plain.fields.map(\.name) == ["Content-Type", "x-amz-meta-sha256"])
        let managed = ObjectDescription(contentType: nil, sha256: "").headers(
            try self.configuration(encryption: .aes256)
        )
        #expect(managed["x-amz-server-side-encryption"] == "AES256")
    }
}
