extension Scaffold {
    private var source: String { "\(name.typeName)Source" }
    private var module: String { "\(name.typeName)Connector" }

    /// A package with the connector and its tests.
    var packageManifest: ScaffoldFile {
        ScaffoldFile(
            path: "Package.swift",
            text: """
                // swift-tools-version: 6.2
                import PackageDescription

                let package = Package(
                    name: "\(name.id)",
                    platforms: [.macOS(.v15)],
                    products: [.library(name: "\(module)", targets: ["\(module)"])],
                    dependencies: [.package(name: "tapedeck", path: "\(package)")],
                    targets: [
                        .target(
                            name: "\(module)",
                            dependencies: [.product(name: "RecordingKit", package: "tapedeck")]
                        ),
                        .testTarget(
                            name: "\(module)Tests",
                            dependencies: [
                                "\(module)",
                                .product(name: "RecordingKit", package: "tapedeck"),
                                .product(name: "RecordingTestKit", package: "tapedeck"),
                            ],
                            exclude: ["Fixtures"]
                        ),
                    ]
                )

                """
        )
    }

    /// The connector as a Swift type.
    var swiftSource: ScaffoldFile {
        ScaffoldFile(
            path: "Sources/\(module)/\(source).swift",
            text: """
                public import RecordingKit

                /// Reads the recordings of one \(name.title) account.
                public struct \(source): Connector {
                    /// What the connector is and needs.
                    public static let connector = ConnectorDescriptor(
                        id: "\(name.id)",
                        name: "\(name.title)",
                        summary: "Recordings of one \(name.title) account.",
                        baseURL: "https://api.example.com/v1",
                        authentication: .bearer(setting: "accessToken"),
                        settings: [
                            SettingField("accessToken", .string, help: "Access token of the account.", isRequired: true, isSecret: true)
                        ],
                        credentialAdvice: "Make a new access token in the account's settings."
                    )

                    /// Makes a source from checked settings; secrets are not among them.
                    public init(settings: Settings) {}

                    /// Asks for one recording, which fails when the credentials are wrong.
                    public func check(api: APIClient) async throws {
                        _ = try await api.send(.get("/recordings", query: [QueryItem("limit", "1")]))
                    }

                    /// Hands over the parts that are read one by one; here there is one alone.
                    public func listings(
                        in window: TimeWindow,
                        api: APIClient,
                        yield: (Listing) async throws -> Void
                    ) async throws {
                        try await yield(Listing(key: "all", label: "all recordings"))
                    }

                    /// Reads the recordings page by page; the host follows the cursor, waits, retries and checks.
                    public func recordings(
                        in listing: Listing,
                        api: APIClient,
                        yield: ([ListedRecording]) async throws -> Void
                    ) async throws {
                        var paging = Paging.cursor(at: "/next", parameter: "cursor", items: "/recordings")
                        paging.pageSize = PageSize("limit", preferred: 100)
                        var unusable = 0
                        for try await page in api.pages(.get("/recordings"), paging: paging) {
                            let rows = page.items.compactMap(Self.recording)
                            unusable += page.items.count - rows.count
                            try await yield(rows)
                        }
                        guard unusable == 0 else {
                            throw TapedeckError(
                                .malformedResponse,
                                "\\(unusable) recordings came without an id; everything else was read."
                            )
                        }
                    }

                    private static func recording(_ row: JSONValue) -> ListedRecording? {
                        guard let id = row["id"]?.scalarText, !id.isEmpty else { return nil }
                        var recording = Recording(id: id)
                        recording.title = row["title"]?.string
                        recording.startedAt = row["started_at"]?.string.flatMap { Timestamp($0) }
                        recording.endedAt = row["ended_at"]?.string.flatMap { Timestamp($0) }
                        recording.rawStatus = row["state"]?.string
                        recording.status = status(recording.rawStatus)
                        recording.host = Person(
                            id: row["host"]?["id"]?.scalarText,
                            name: row["host"]?["name"]?.string,
                            email: row["host"]?["email"]?.string
                        )
                        recording.raw = row
                        return ListedRecording(recording)
                    }

                    /// A word that is not known becomes `unknown`; the platform's own word is kept too.
                    private static func status(_ word: String?) -> RecordingStatus {
                        switch word {
                        case "ready": .available
                        case "recording": .processing
                        case "failed": .failed
                        default: .unknown
                        }
                    }
                }

                """
        )
    }

    /// How to go on from there.
    var swiftReadme: ScaffoldFile {
        ScaffoldFile(
            path: "README.md",
            text: """
                # \(name.title) connector

                Reads the recordings of one \(name.title) account.

                ```sh
                swift test    # runs the conformance checks against Tests/\(module)Tests/Fixtures
                ```

                As it stands it reads an invented platform. Put in the real address and requests, and record what the platform
                answers in place of the fixtures. To use it, register it in the program that embeds the host:

                ```swift
                try registry.register(\(source).self)
                ```

                """
        )
    }
}

extension Scaffold {
    /// The conformance checks as a test.
    var swiftTests: ScaffoldFile {
        ScaffoldFile(
            path: "Tests/\(name.typeName)ConnectorTests/ConformanceTests.swift",
            text: """
                import Foundation
                import RecordingTestKit
                import Testing

                @testable import \(name.typeName)Connector

                @Suite("The \(name.title) connector keeps what every connector promises")
                struct ConformanceTests {
                    @Test("it passes every check against the fixtures")
                    func conformance() async throws {
                        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
                        let fixtures = try Fixtures(folder: folder.path)
                        let report = try await ConformanceSubject(\(name.typeName)Source.self, fixtures: fixtures).examine()
                        #expect(report.problems == [])
                        #expect(report.recordings == 3)
                    }
                }

                """
        )
    }
}
