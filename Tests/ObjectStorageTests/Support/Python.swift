import Foundation

/// The interpreter with the packages that the tests need, and the scripts beside them.
enum Python {
    /// Whether they are installed.
    static var isAvailable: Bool { FileManager.default.fileExists(atPath: packages.path) }
    /// What to do when they are not.
    static let advice = "needs a server of object storage: run .ci/setup --tests"

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let folder = tests.deletingLastPathComponent().deletingLastPathComponent().appending(
        path: ".build/python"
    )
    private static let packages = folder.appending(path: "object-storage.txt")

    /// A process that is ready to run one of the scripts.
    static func process(_ script: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = folder.appending(path: "bin/python3")
        process.arguments = ["-I", "-B", tests.appending(path: "Server/\(script)").path] + arguments
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// What a script prints.
    static func output(of script: String, _ arguments: [String]) throws -> String {
        let process = process(script, arguments)
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
