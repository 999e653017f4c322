import Foundation
import RecordingHost
import RecordingKit
import RecordingTestKit
import Testing

@testable import ConnectorProcess

@Suite("The first words of a connector's process", .serialized)
struct HandshakeTests {
    @Test(
        "one that cannot say what it is is refused",
        arguments: [
            ("dies_at_hello", "signal 9"), ("dies_on_hello", "signal 9"), ("exits_at_once", "exit status 1"),
            ("other_version", "speaks version 2"), ("no_id_in_hello", "description has no \"id\""),
        ]
    )
    func refused(mode: String, word: String) async throws {
        let program = ConnectorProgram(path: Programs.misbehaving, arguments: [mode], limits: .forTests)
        let failure = try await Programs.inspectionFailure(of: program)
        #expect(failure?.code == .connectorFailed)
        #expect(failure?.reason.contains(word) == true, "\(failure?.reason ?? "")")
    }

    @Test("one that is silent is ended when its time is over")
    func silent() async throws {
        let clock = ManualClock.automatic(at: Archive.now)
        var program = ConnectorProgram(path: Programs.misbehaving, arguments: ["silent_from_the_start"])
        program.limits.grace = .milliseconds(10)
        program.clock = clock
        let failure = try await Programs.inspectionFailure(of: program)
        #expect(failure?.code == .connectorFailed)
        #expect(failure?.reason.contains("sent nothing") == true)
        #expect(clock.sleeps == [.seconds(10)])
    }

    @Test("a program that is not there, not executable or not named by its whole path is a fault of the configuration")
    func missing() async throws {
        for path in ["/no/such/program", "/etc/hostname", "/etc", "tape_archive.py"] {
            let failure = try await Programs.inspectionFailure(of: ConnectorProgram(path: path))
            #expect(failure?.code == .configurationInvalid, "\(path)")
        }
    }

    @Test("a program with another checksum is never started")
    func wrongChecksum() async throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "tapedeck-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let witness = folder.appending(path: "started").path
        let path = folder.appending(path: "program").path
        try "#!/bin/sh\n: > '\(witness)'\n".write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        var program = ConnectorProgram(path: path, sha256: String(repeating: "0", count: 64), limits: .forTests)
        let failure = try await Programs.inspectionFailure(of: program)
        #expect(failure?.code == .configurationInvalid)
        #expect(failure?.reason.contains("pinned") == true)
        #expect(!FileManager.default.fileExists(atPath: witness))
        program.sha256 = nil
        #expect(try await Programs.inspectionFailure(of: program)?.code == .connectorFailed)
        #expect(FileManager.default.fileExists(atPath: witness))
    }

    @Test("a program with the right checksum reads everything", arguments: EngineTests.programs)
    func rightChecksum(path: String) async throws {
        let sha256 = try await Programs.with(path) { $0.origin.sha256 }
        try await Programs.with(path, sha256: sha256) { connector in
            let bench = try ArchiveBench(connector)
            #expect(try await bench.sync().state == .complete)
            #expect(await bench.recordingIDs == Archive().tapes())
        }
    }

    @Test("one that says something else of itself later is not used")
    func changed() async throws {
        try await Programs.with(Programs.misbehaving, ["changes_itself"]) { connector in
            let failure = try await ArchiveBench(connector).check()
            #expect(failure?.code == .connectorFailed)
            #expect(failure?.reason.contains("something else of itself") == true)
        }
    }

    @Test("one that dies of its settings or refuses them cannot be read")
    func settings() async throws {
        try await Programs.with(Programs.misbehaving, ["dies_on_configure"]) { connector in
            let failure = try await ArchiveBench(connector).check()
            #expect(failure?.code == .connectorFailed)
        }
        try await Programs.with(Programs.misbehaving, ["refuses_settings"]) { connector in
            let failure = try await ArchiveBench(connector).check()
            #expect(failure?.code == .configurationInvalid)
            #expect(failure?.reason == "Shelves are missing.")
        }
    }
}
