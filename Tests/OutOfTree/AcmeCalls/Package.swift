// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "acme_calls",
    platforms: [.macOS(.v15)],
    products: [.library(name: "AcmeCallsConnector", targets: ["AcmeCallsConnector"])],
    dependencies: [.package(name: "tapedeck", path: "../../..")],
    targets: [
        .target(
            name: "AcmeCallsConnector",
            dependencies: [.product(name: "RecordingKit", package: "tapedeck")]
        ),
        .testTarget(
            name: "AcmeCallsConnectorTests",
            dependencies: [
                "AcmeCallsConnector",
                .product(name: "RecordingKit", package: "tapedeck"),
                .product(name: "RecordingTestKit", package: "tapedeck"),
            ],
            exclude: ["Fixtures"]
        ),
    ]
)
