import Foundation
import RawJSON
import RecordingHost
import RecordingKit

/// What an independent validator of JSON Schema says of the records in a folder.
struct RecordValidation {
    /// How many lines of each kind were looked at.
    let checked: [RecordKind: Int]
    /// What is wrong, each sentence with the file, the line and the member first; at most 100.
    let problems: [String]

    /// Whether the validator is installed.
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: python.path) }
    /// What to do when it is not.
    static let advice = "needs Python's jsonschema: run .ci/setup --tests"

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appending(path: ".build/python/bin/python3")
    private static let script = root.appending(path: "Tests/RecordValidation/validate.py")

    /// Checks the schemas themselves, and every line of every `KIND.jsonl` in `folder`, in one process.
    init(of folder: URL) throws {
        let schemas = FileManager.default.temporaryDirectory.appending(path: "schemas-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: schemas, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: schemas) }
        try Self.write(RecordSchema.bundle, "records", into: schemas)
        for schema in RecordSchema.all { try Self.write(schema.jsonSchema, schema.kind.rawValue, into: schemas) }
        let answer = try JSONDocument(parsing: Self.run([schemas.path, folder.path])).root
        checked =
            (answer["checked"]?.members).map { members in
                members.reduce(into: [:]) { $0[RecordKind(rawValue: $1.name)] = $1.value.integer.map(Int.init) }
            }
            ?? [:]
        problems = answer["problems"]?.elements.compactMap(\.string) ?? ["no answer"]
    }

    private static func write(_ schema: [UInt8], _ name: String, into folder: URL) throws {
        try Data(schema).write(to: folder.appending(path: "\(name).schema.json"))
    }

    private static func run(_ arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = python
        process.arguments = ["-I", "-B", script.path] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }
}

extension Archive {
    /// What the validator says of everything that was written.
    func validation() throws -> RecordValidation { try RecordValidation(of: directory.appending(path: "out")) }
}
