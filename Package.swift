// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every Swift target, so that no corner of the package is held to less.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Names of the compiled-in connectors: a new one is its folder, its word here and its line in `Sources/tapedeck`.
let connectors = ["Kismet", "Webex"]

/// Names of the declared connectors: a new one is its folder, its word here and its line in `Connectors/BundledManifests`.
let manifests = ["Daily", "Zoom"]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name)] + dependencies,
        swiftSettings: strict
    )
}

/// A connector sees what an outsider's connector sees: the public face of RecordingKit and its JSON values, and nothing else.
func connector(_ name: String) -> [Target] {
    [
        .target(
            name: "\(name)Connector",
            dependencies: ["RecordingKit", "RawJSON"],
            path: "Connectors/\(name)/Sources",
            packageAccess: false,
            swiftSettings: strict
        ),
        .testTarget(
            name: "\(name)ConnectorTests",
            dependencies: [
                .target(name: "\(name)Connector"), "RecordingKit", "RecordingHost", "RecordingTestKit", "RawJSON",
            ],
            path: "Connectors/\(name)/Tests",
            exclude: ["Fixtures/Recorded"],
            swiftSettings: strict
        ),
    ]
}

/// The manifests of the declared connectors, inside the program; their folders hold nothing else that is compiled.
let bundledManifests: Target = .target(
    name: "BundledManifests",
    path: "Connectors",
    exclude: connectors + manifests.flatMap { ["\($0)/README.md", "\($0)/Tests"] },
    sources: ["BundledManifests"],
    resources: manifests.map { .embedInCode("\($0)/\($0.lowercased()).json5") },
    swiftSettings: strict
)

/// The tests of a declared connector, which run its manifest through the whole host.
func declaredConnectorTests(_ name: String) -> Target {
    .testTarget(
        name: "\(name)ManifestTests",
        dependencies: [
            "BundledManifests", "ConnectorManifest", "RecordingHost", "RecordingKit", "RecordingTestKit", "RawJSON",
        ],
        path: "Connectors/\(name)/Tests",
        exclude: ["Fixtures"],
        swiftSettings: strict
    )
}

let package = Package(
    name: "tapedeck",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "RecordingKit", targets: ["RecordingKit", "RawJSON"]),
        .library(name: "RecordingHost", targets: ["RecordingHost"]),
        .library(name: "CurlTransport", targets: ["CurlTransport"]),
        .library(name: "SQLiteStore", targets: ["SQLiteStore"]),
        .library(name: "FileSinks", targets: ["FileSinks"]),
        .library(name: "ObjectStorage", targets: ["ObjectStorage"]),
        .library(name: "ConnectorManifest", targets: ["ConnectorManifest"]),
        .library(name: "BundledManifests", targets: ["BundledManifests"]),
        .library(name: "ConnectorProcess", targets: ["ConnectorProcess"]),
        .library(name: "ConnectorMain", targets: ["ConnectorMain"]),
        .library(name: "RecordingTestKit", targets: ["RecordingTestKit"]),
        .executable(name: "tapedeck", targets: ["tapedeck"]),
    ] + connectors.map { .library(name: "\($0)Connector", targets: ["\($0)Connector"]) },
    targets: [
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]
        ),
        .systemLibrary(
            name: "CCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]
        ),
        .systemLibrary(
            name: "CZstd",
            pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]
        ),
        .systemLibrary(name: "CSpawn"),
        module("RawJSON"),
        module("JSON5"),
        module("RecordingKit", ["RawJSON"]),
        module("Digest", ["CCrypto"]),
        module("RecordingHost", ["RecordingKit", "RawJSON", "Digest"]),
        module("CurlTransport", ["RecordingHost", "RecordingKit", "CCurl"]),
        module("SQLiteStore", ["RecordingHost", "RecordingKit", "CSQLite"]),
        module("FileSinks", ["RecordingHost", "RecordingKit", "RawJSON", "CZlib", "CZstd"]),
        module("ObjectStorage", ["RecordingHost", "RecordingKit", "Digest", "CCrypto"]),
        module("ConnectorManifest", ["RecordingKit", "RawJSON", "JSON5"]),
        module("PluginProtocol", ["RecordingKit", "RawJSON"]),
        module("ConnectorMain", ["PluginProtocol", "RecordingKit", "RawJSON"]),
        module(
            "ConnectorProcess",
            ["PluginProtocol", "RecordingHost", "RecordingKit", "RawJSON", "Digest", "CSpawn"]
        ),
        module("PlatformSimulator", ["RawJSON"]),
        module("RecordingTestKit", ["RecordingHost", "RecordingKit", "RawJSON"]),
        module(
            "TapedeckCLI",
            [
                "RecordingHost", "RecordingKit", "RawJSON", "JSON5", "PlatformSimulator", "ConnectorManifest",
                "RecordingTestKit", "Digest", "CSpawn",
            ]
        ),
        .executableTarget(
            name: "tapedeck",
            dependencies: [
                "TapedeckCLI", "RecordingHost", "RecordingKit", "CurlTransport", "SQLiteStore", "FileSinks",
                "ObjectStorage", "ConnectorManifest", "ConnectorProcess", "RecordingTestKit", "BundledManifests",
                "Digest", "CSpawn",
            ] + connectors.map { .target(name: "\($0)Connector") },
            swiftSettings: strict
        ),
        tests("RawJSON"),
        tests("JSON5"),
        tests("RecordingKit", ["RawJSON"]),
        tests("Digest"),
        tests("RecordingHost", ["RecordingKit", "RecordingTestKit", "RawJSON"]),
        tests("CurlTransport", ["RecordingHost", "RecordingKit", "PlatformSimulator"]),
        tests("SQLiteStore", ["RecordingHost", "RecordingKit"]),
        tests("FileSinks", ["RecordingHost", "RecordingKit", "RawJSON"]),
        .testTarget(
            name: "ObjectStorageTests",
            dependencies: [
                "ObjectStorage", "RecordingHost", "RecordingKit", "RecordingTestKit", "CurlTransport", "Digest",
            ],
            exclude: ["Server"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ConnectorManifestTests",
            dependencies: [
                "ConnectorManifest", "RecordingHost", "RecordingKit", "RecordingTestKit", "RawJSON", "JSON5",
            ] + connectors.map { .target(name: "\($0)Connector") },
            exclude: ["Platforms/Manifests", "Twins/kismet.json5", "Twins/webex.json5"],
            swiftSettings: strict
        ),
        tests("PluginProtocol", ["RecordingKit", "RawJSON"]),
        // A connector of the tests: compiled into them, and as a program that they run.
        .target(
            name: "TapeArchiveSample",
            dependencies: ["RecordingKit", "RawJSON"],
            path: "Tests/ConnectorPrograms/TapeArchive",
            packageAccess: false,
            swiftSettings: strict
        ),
        .executableTarget(
            name: "tape-archive-connector",
            dependencies: ["ConnectorMain", "TapeArchiveSample"],
            path: "Tests/ConnectorPrograms/Program",
            packageAccess: false,
            swiftSettings: strict
        ),
        .testTarget(
            name: "ConnectorProcessTests",
            dependencies: [
                "ConnectorProcess", "PluginProtocol", "ConnectorMain", "RecordingHost", "RecordingKit",
                "RecordingTestKit", "RawJSON", "Digest", "TapeArchiveSample", "tape-archive-connector",
            ],
            exclude: ["Programs"],
            swiftSettings: strict
        ),
        tests("PlatformSimulator", ["RawJSON"]),
        tests("RecordingTestKit", ["RecordingHost", "RecordingKit", "RawJSON"]),
        tests(
            "TapedeckCLI",
            [
                "RecordingHost", "RecordingKit", "RecordingTestKit", "RawJSON", "JSON5", "PlatformSimulator",
                "CurlTransport", "SQLiteStore", "FileSinks", "ConnectorManifest", "ConnectorProcess",
            ] + connectors.map { .target(name: "\($0)Connector") }
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "RecordingHost", "RecordingKit", "RecordingTestKit", "RawJSON", "PlatformSimulator", "CurlTransport",
                "SQLiteStore", "FileSinks", "Digest",
            ] + connectors.map { .target(name: "\($0)Connector") },
            exclude: ["Crash/Shim"],
            swiftSettings: strict
        ),
        bundledManifests,
    ] + connectors.flatMap(connector) + manifests.map(declaredConnectorTests)
)

// The thread sanitizer looks at some tests alone, and a build of all for their sake would take as long as that of everything.
if let names = Context.environment["TAPEDECK_TESTS"]?.split(separator: " ") {
    var needed: Set<String> = Set(names.map { "\($0)Tests" })
    var open = needed
    while let target = open.popFirst().flatMap({ name in package.targets.first { $0.name == name } }) {
        let names = target.dependencies.compactMap { dependency in
            switch dependency {
            case .targetItem(let name, _), .byNameItem(let name, _): name
            default: nil
            }
        }
        open.formUnion(Set(names).subtracting(needed))
        needed.formUnion(names)
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products = []
}

// The fuzzers are built by `make fuzz` alone: their entry point is libFuzzer's, and what they look into is not public.
if Context.environment["TAPEDECK_FUZZING"] != nil {
    package.targets.append(
        .executableTarget(
            name: "tapedeck-fuzz",
            dependencies: [
                "RawJSON", "JSON5", "RecordingKit", "RecordingHost", "SQLiteStore", "FileSinks", "ConnectorManifest",
                "PluginProtocol", "TapedeckCLI", "CCurl",
            ] + connectors.map { .target(name: "\($0)Connector") },
            path: "Tests/Fuzz/Sources",
            swiftSettings: strict
        )
    )
}
