// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]

let package = Package(
    name: "tape-archive",
    platforms: [.macOS(.v15)],
    products: [.library(name: "TapeArchiveConnector", targets: ["TapeArchiveConnector"])],
    dependencies: [.package(path: "../tapedeck")],
    targets: [
        .target(
            name: "TapeArchiveConnector",
            dependencies: [.product(name: "RecordingKit", package: "tapedeck")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TapeArchiveConnectorTests",
            dependencies: [
                "TapeArchiveConnector",
                .product(name: "RecordingKit", package: "tapedeck"),
                .product(name: "RecordingHost", package: "tapedeck"),
                .product(name: "RecordingTestKit", package: "tapedeck"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings
        ),
    ]
)
