import Foundation

/// What `make soak` has been told.
enum SoakOptions {
    /// How long it goes on; nil where nobody asked for a soak.
    static let minutes = number("TAPEDECK_SOAK_MINUTES")
    static let seed = number("TAPEDECK_SOAK_SEED").map { UInt64($0) } ?? UInt64.random(in: 1...999_999)
    /// The program to run, which is best built for release.
    static let program =
        ProcessInfo.processInfo.environment["TAPEDECK_SOAK_PROGRAM"].map { URL(filePath: $0) } ?? Tool.executable

    private static func number(_ name: String) -> Double? {
        ProcessInfo.processInfo.environment[name].flatMap { Double($0) }
    }
}
