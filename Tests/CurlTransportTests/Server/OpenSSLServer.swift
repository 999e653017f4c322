import Foundation
import RecordingHost
import RecordingKit
import Testing

/// `openssl s_server` with a certificate of its own for `localhost`.
struct OpenSSLServer {
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") }

    let certificateFile: String
    private let folder: URL
    private let port: UInt16
    private let process: Process

    init(options: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificateFile = folder.appending(path: "certificate.pem").path
        let key = folder.appending(path: "key.pem").path
        let maker = try Self.start([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
            certificateFile,
        ]).process
        maker.waitUntilExit()
        let server = try Self.start(
            ["s_server", "-accept", "127.0.0.1:0", "-www", "-key", key, "-cert", certificateFile] + options
        )
        process = server.process
        // It says `ACCEPT 127.0.0.1:port` when it listens.
        var said = ""
        while !said.contains("\n") || !said.contains("ACCEPT") {
            let part = server.output.availableData
            guard !part.isEmpty else { break }
            said += String(decoding: part, as: UTF8.self)
        }
        let line = try #require(said.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }, "no port in: \(said)")
        port = try #require(line.split(separator: ":").last.flatMap { UInt16($0) })
    }

    func request(host: String = "localhost") throws -> TransportRequest {
        TransportRequest(url: try #require(HTTPURL("https://\(host):\(port)/")))
    }

    func stop() {
        // It inherits a signal mask that may hold back anything milder.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func start(_ arguments: [String]) throws -> (process: Process, output: FileHandle) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output.fileHandleForReading)
    }
}
