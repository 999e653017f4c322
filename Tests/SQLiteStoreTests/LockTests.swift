import Foundation
import RecordingKit
import SQLiteStore
import Testing

@Suite("One writer at a time")
struct LockTests {
    let folder: TemporaryFolder

    static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/python3" }.first(where: FileManager.default.isExecutableFile)

    init() throws { folder = try TemporaryFolder() }

    @Test("A second run is told who holds the ledger and since when, also within one process and by another spelling")
    func secondRun() async throws {
        let first = try folder.open()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.db"),
            withDestinationPath: folder.path("tapedeck.db")
        )
        for name in ["tapedeck.db", "./tapedeck.db", "link.db"] {
            let error = await failure { try folder.open(name) }
            #expect(error?.code == .ledgerBusy)
            let reason = try #require(error?.reason)
            for words in ["4711", "tapedeck sync", "clinic-7", holder.since.description] {
                #expect(reason.contains(words), "\(words)")
            }
        }
        await first.close()
        await (try folder.open()).close()
    }

    @Test("A ledger that is let go without being closed is free")
    func letGo() async throws {
        _ = try folder.open()
        await (try folder.open()).close()
    }

    @Test("A file that a dead process left behind is no obstacle, whatever it says")
    func staleFile() async throws {
        try folder.write(Array("pid 1\nsince 2020-01-01T00:00:00Z\ncommand x\nhost y\n".utf8), to: "tapedeck.db.lock")
        await (try folder.open()).close()
        #expect(try folder.bytes("tapedeck.db.lock").isEmpty)
    }

    @Test("A holder that has not written its name yet is a holder all the same")
    func namelessHolder() async throws {
        let first = try folder.open()
        #expect(try !folder.bytes("tapedeck.db.lock").isEmpty)
        try truncate("tapedeck.db.lock")
        let error = await failure { try folder.open() }
        #expect(error?.code == .ledgerBusy)
        await first.close()
    }

    @Test("The holder of this process names it, and line ends in a command do not break the file")
    func thisProcess() async throws {
        let now = try time("2026-03-01T10:00:00.5Z")
        let holder = LedgerHolder(command: "a\nhost b", since: now)
        #expect(holder.processID == ProcessInfo.processInfo.processIdentifier)
        #expect(!holder.host.isEmpty)
        let first = try SQLiteLedger.open(path: folder.path("tapedeck.db"), holder: holder)
        #expect(
            await failure { try folder.open() }?.reason.contains("(ahost b) on \(holder.host) since \(now)") == true
        )
        await first.close()
    }

    @Test(
        "A lock that another process holds is respected until that process ends",
        .enabled(if: python != nil, "needs python3 for the other process")
    )
    func otherProcess() async throws {
        let python = try #require(Self.python)
        try folder.write([], to: "tapedeck.db.lock")
        let child = Process()
        let output = Pipe()
        let input = Pipe()
        child.executableURL = URL(fileURLWithPath: python)
        child.arguments = [
            "-c",
            """
            import fcntl, sys
            file = open(sys.argv[1], 'r+')
            fcntl.flock(file, fcntl.LOCK_EX)
            sys.stdout.write('held'); sys.stdout.flush()
            sys.stdin.read()
            """,
            folder.path("tapedeck.db.lock"),
        ]
        child.standardOutput = output
        child.standardInput = input
        try child.run()
        let said = output.fileHandleForReading.availableData
        #expect(String(decoding: said, as: UTF8.self) == "held")
        #expect(await failure { try folder.open() }?.code == .ledgerBusy)
        try input.fileHandleForWriting.close()
        child.waitUntilExit()
        await (try folder.open()).close()
    }

    private func truncate(_ name: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: folder.path(name)))
        try handle.truncate(atOffset: 0)
    }
}
