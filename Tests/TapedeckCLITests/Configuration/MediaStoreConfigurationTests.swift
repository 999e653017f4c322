import RecordingHost
import RecordingKit
import Testing

@testable import TapedeckCLI

@Suite("The configuration of a bucket for media")
struct MediaStoreConfigurationTests {
    private static let environment = ["KEY": "CANARY-secret", "SESSION": "CANARY-session", "EMPTY": "", "B": "archive"]
    private static let needed =
        "bucket: 'tapes', region: 'eu-central-1', accessKeyID: 'AKID', secretAccessKey: '${env:KEY}'"

    private func text(_ store: String) -> String {
        """
        {
          sources: { clinic: { connector: 'beta', read: ['media'], settings: { accessToken: '${env:B}' } } },
          sinks: [{ kind: 'jsonl', directory: 'out' }],
          media: { directory: 'm', store: { \(store) } },
        }
        """
    }

    private func load(
        _ store: String,
        for purpose: ConfigurationLoader.Purpose = .everything
    ) throws -> LoadedConfiguration {
        let loader = ConfigurationLoader(
            registry: try TestConnectors.registry(),
            makeSink: TestConnectors.makeSink,
            makeMediaStore: TestConnectors.makeMediaStore,
            files: MemoryFiles(["/clinic/t.json5": text(store), "/clinic/key": "CANARY-file\n"]).access,
            environment: Self.environment
        )
        return try loader.load("t.json5", for: purpose)
    }

    @Test("Everything that the file says of a bucket arrives, references replaced")
    func complete() throws {
        let loaded = try load(
            """
            kind: 's3', bucket: '${env:B}', endpoint: 'https://minio.example.com', region: 'eu-central-1', prefix: 'a/b',
            accessKeyID: 'AKID', secretAccessKey: '${file:key}', sessionToken: '${env:SESSION}', pathStyle: true,
            serverSideEncryption: 'aws:kms', kmsKeyID: 'alias/tapes', storageClass: 'STANDARD_IA', partSize: '64MB'
            """
        )
        var bucket = ObjectStorageRequest(
            bucket: "archive",
            region: "eu-central-1",
            accessKeyID: "AKID",
            secretAccessKey: Secret("CANARY-file")
        )
        bucket.endpoint = "https://minio.example.com"
        bucket.prefix = "a/b"
        bucket.sessionToken = Secret("CANARY-session")
        bucket.usesPathStyle = true
        bucket.serverSideEncryption = "aws:kms"
        bucket.kmsKeyID = "alias/tapes"
        bucket.storageClass = "STANDARD_IA"
        bucket.partBytes = 64_000_000
        #expect(loaded.media?.store == MediaStoreRequest(kind: "s3", directory: "/clinic/m", bucket: bucket))
        #expect(loaded.warnings.isEmpty)
    }

    @Test("Bucket, region and an access key are enough")
    func defaults() throws {
        let bucket = ObjectStorageRequest(
            bucket: "tapes",
            region: "eu-central-1",
            accessKeyID: "AKID",
            secretAccessKey: Secret("CANARY-secret")
        )
        let loaded = try load("kind: 's3', \(Self.needed)", for: .mediaOnly)
        #expect(loaded.media?.store == MediaStoreRequest(kind: "s3", directory: "/clinic/m", bucket: bucket))
        #expect(!bucket.usesPathStyle && bucket.prefix.isEmpty && bucket.endpoint == nil && bucket.partBytes == nil)
    }

    @Test("What is missing is told all at once, with what to write")
    func missing() throws {
        let failure = #expect(throws: ConfigurationFailure.self) { try load("kind: 's3'") }
        #expect(
            failure?.problems.map { $0.line(file: "t") } == [
                "t:4:35: error: media.store: \"bucket\" is missing; write bucket: \"recordings\".",
                "t:4:35: error: media.store: \"region\" is missing; write region: \"eu-central-1\".",
                "t:4:35: error: media.store: \"accessKeyID\" is missing; write accessKeyID: \"${env:AWS_ACCESS_KEY_ID}\".",
                "t:4:35: error: media.store: \"secretAccessKey\" is missing; write secretAccessKey: "
                    + "\"${env:AWS_SECRET_ACCESS_KEY}\".",
            ]
        )
    }

    @Test(
        "A mistake is told at its place, with what was expected and the nearest name",
        arguments: [
            ("bukcet: 'x'", "bukcet: Unknown key; known here: kind, bucket, endpoint,", "bucket"),
            ("sesionToken: 'x'", "sesionToken: Unknown key; known here: kind,", "sessionToken"),
            ("endpoint: ''", "endpoint: Expected a text, found an empty one.", nil),
            ("prefix: 1", "prefix: Expected a text, found a number.", nil),
            ("sessionToken: '${env:EMPTY}'", "sessionToken: The environment variable EMPTY is empty.", nil),
            ("sessionToken: '${env:NONE}'", "sessionToken: The environment variable NONE is not set.", nil),
            ("pathStyle: 'yes'", "pathStyle: Expected true or false, found a string.", nil),
            (
                "serverSideEncryption: 'AES265'", "serverSideEncryption: Expected one of \"AES256\", \"aws:kms\".",
                "AES256"
            ),
            ("kmsKeyID: 'k'", "kmsKeyID: This key is used with serverSideEncryption: \"aws:kms\" alone;", nil),
            ("partSize: '5MB'", "partSize: Expected a size from \"6MB\" to \"1GB\".", nil),
            ("partSize: '2GB'", "partSize: Expected a size from \"6MB\" to \"1GB\".", nil),
            ("partSize: 16", "partSize: Expected a size such as \"500KB\",", nil),
        ] as [(String, String, String?)]
    )
    func mistakes(option: String, expected: String, suggestion: String?) throws {
        let failure = #expect(throws: ConfigurationFailure.self) { try load("kind: 's3', \(Self.needed), \(option)") }
        #expect(failure?.problems.count == 1, "\(failure?.problems ?? [])")
        #expect(failure?.problems.first?.line(file: "t").contains("error: media.store.\(expected)") == true)
        #expect(failure?.problems.first?.suggestion == suggestion)
    }

    @Test("A region that is no name is told at its place")
    func region() throws {
        let store = "kind: 's3', bucket: 'tapes', region: 'EU Central', accessKeyID: 'A', secretAccessKey: '${env:KEY}'"
        let failure = #expect(throws: ConfigurationFailure.self) { try load(store) }
        #expect(failure?.problems.map(\.path) == [["media", "store", "region"]])
    }

    @Test("A folder has no bucket, and of a mistyped kind only the kind is told")
    func otherKinds() throws {
        let folder = #expect(throws: ConfigurationFailure.self) { try load("kind: 'folder', bucket: 'tapes'") }
        #expect(folder?.problems.map(\.path) == [["media", "store", "bucket"]])
        let mistyped = #expect(throws: ConfigurationFailure.self) { try load("kind: 's33', \(Self.needed)") }
        #expect(mistyped?.problems.map(\.path) == [["media", "store", "kind"]])
    }

    @Test("A secret that stands in the file is warned about")
    func literalSecret() throws {
        let store = "kind: 's3', bucket: 'tapes', region: 'r', accessKeyID: 'A', secretAccessKey: 'CANARY-secret'"
        let warnings = try load(store).warnings
        #expect(warnings.map(\.path) == [["media", "store", "secretAccessKey"]])
        #expect(warnings.first?.message.hasPrefix("A secret stands in the file itself") == true)
    }

    @Test(
        "No secret is shown, whatever is wrong",
        arguments: ["", " --json", " --log-level debug"],
        [
            "", ", partSize: 1", ", sessionToken: ['CANARY-session']", ", sessionToken: 'CANARY-${env:NONE}'",
            ", kmsKeyID: 'k', sessionToken: 'CANARY-session'", ", secretAccessKey: 'CANARY-again'",
        ]
    )
    func secrets(option: String, wrong: String) async throws {
        let captured = Captured()
        let tool = TestTool(configuration: text("kind: 's3', \(Self.needed)\(wrong)"))
        let exitCode = try await tool.run(
            "validate\(option)",
            environment: Self.environment,
            output: captured.output()
        )
        #expect(exitCode == (wrong.isEmpty ? .complete : .configurationInvalid), "\(captured.all)")
        #expect(!captured.all.isEmpty)
        #expect(!captured.all.contains("CANARY"), "\(captured.all)")
    }

    @Test("What is known of a bucket can be printed without its secrets")
    func printedRequest() throws {
        let store = try #require(try load("kind: 's3', \(Self.needed), sessionToken: '${env:SESSION}'").media?.store)
        var dumped = ""
        dump(store, to: &dumped)
        #expect(dumped.contains("tapes") && !dumped.contains("CANARY"))
        #expect(!"\(store)".contains("CANARY") && !String(reflecting: store).contains("CANARY"))
    }
}
