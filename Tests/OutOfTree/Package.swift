// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

func tapedeck(_ product: String) -> Target.Dependency { .product(name: product, package: "tapedeck") }

let package = Package(
    name: "out-of-tree",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "tapedeck", path: "../..")],
    targets: [
        // A package of its own, described in Docs/write-a-connector.md; here it shares what is built.
        .target(
            name: "TapeArchiveConnector",
            dependencies: [tapedeck("RecordingKit")],
            path: "TapeArchive/Sources/TapeArchiveConnector",
            swiftSettings: strict
        ),
        .testTarget(
            name: "TapeArchiveConnectorTests",
            dependencies: ["TapeArchiveConnector"]
                + ["RecordingKit", "RecordingHost", "RecordingTestKit"].map(tapedeck),
            path: "TapeArchive/Tests/TapeArchiveConnectorTests",
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        // What "tapedeck new-connector acme_calls --route swift" writes, as it stands.
        .target(
            name: "AcmeCallsConnector",
            dependencies: [tapedeck("RecordingKit")],
            path: "AcmeCalls/Sources/AcmeCallsConnector",
            swiftSettings: strict
        ),
        .testTarget(
            name: "AcmeCallsConnectorTests",
            dependencies: ["AcmeCallsConnector"] + ["RecordingKit", "RecordingTestKit"].map(tapedeck),
            path: "AcmeCalls/Tests/AcmeCallsConnectorTests",
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "embed",
            dependencies: ["TapeArchiveConnector"]
                + [
                    "RecordingKit", "RecordingHost", "CurlTransport", "SQLiteStore", "FileSinks", "KismetConnector",
                    "WebexConnector",
                ].map(tapedeck),
            swiftSettings: strict
        ),
        .executableTarget(
            name: "ReadmeExample",
            dependencies: [
                "RecordingKit", "RecordingHost", "CurlTransport", "SQLiteStore", "FileSinks", "WebexConnector",
            ].map(tapedeck),
            swiftSettings: strict
        ),
    ]
)
