import Foundation
import RecordingHost
import RecordingKit
import Testing

@testable import FileSinks

@Suite("Compressed JSON Lines files")
struct CompressionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func sink(_ compression: Compression, operations: FileOperations = .system) -> JSONLinesSink {
        let settings = RotationSettings(compression: compression)
        return JSONLinesSink(directory: folder.path("out"), settings: settings, operations: operations)
    }

    func name(_ compression: Compression) -> String { "out/recordings.jsonl" + compression.suffix }

    /// The text that the system's own tool reads; nil when there is none.
    func unpacked(_ compression: Compression) throws -> String? {
        guard isThere(compression.rawValue) else { return nil }
        return try output(of: compression.rawValue, ["-dc", folder.path(name(compression))])
    }

    func replay(_ sink: JSONLinesSink, _ position: SinkPosition) async throws -> [String] {
        var lines: [String] = []
        try await sink.replay(from: nil, through: position) { batch in
            lines += String(decoding: batch.lines(of: .recordings), as: UTF8.self).split(separator: "\n").map(
                String.init
            )
        }
        return lines
    }

    @Test("are whole for the usual tools after every commit", arguments: [Compression.gzip, .zstd])
    func toolsReadThem(_ compression: Compression) async throws {
        let sink = sink(compression)
        #expect(try await sink.recover(to: nil).offsets["recordings.jsonl" + compression.suffix] == 0)
        var lines: [String] = []
        for commit in 0..<5 {
            for write in 0..<3 {
                let more = (0..<(commit * 60)).map { recording("\(commit)-\(write)-\($0)", title: "é \($0)") }
                lines += more
                try await sink.write(batch(recordings: more))
            }
            let position = try await sink.commit()
            if let text = try unpacked(compression) { #expect(text == lines.map { $0 + "\n" }.joined()) }
            #expect(try await replay(sink, position) == lines)
            #expect(
                position.offsets["recordings.jsonl" + compression.suffix]
                    == Int64(try folder.bytes(name(compression)).count)
            )
        }
        #expect(sink.locations.allSatisfy { $0.hasSuffix(".jsonl" + compression.suffix) })
        #expect(try folder.permissions(name(compression)) == 0o600)
    }

    @Test("are smaller, and larger commits make them smaller still", arguments: [Compression.gzip, .zstd])
    func ratio(_ compression: Compression) async throws {
        let lines = (0..<2_000).map { recording("\($0)", title: "Call \($0 &* 7919 % 1_000)") }
        var sizes: [Int] = []
        for size in [1, 100, 2_000] {
            let sink = sink(compression)
            _ = try await sink.recover(to: nil)
            for start in stride(from: 0, to: lines.count, by: size) {
                try await sink.write(batch(recordings: Array(lines[start..<start + size])))
                _ = try await sink.commit()
            }
            await sink.close()
            sizes.append(try folder.bytes(name(compression)).count)
            try FileManager.default.removeItem(atPath: folder.path("out"))
        }
        let plain = lines.reduce(0) { $0 + $1.utf8.count + 1 }
        #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[1] < plain / 5)
    }

    @Test("are cut back to the commit, wherever a killed run left them", arguments: [Compression.gzip, .zstd])
    func killedRun(_ compression: Compression) async throws {
        let first = sink(compression)
        _ = try await first.recover(to: nil)
        try await first.write(batch(recordings: [recording("1")]))
        let kept = try await first.commit()
        let whole = try folder.bytes(name(compression))
        try await first.write(batch(recordings: (0..<40).map { recording("lost \($0)") }))
        _ = try await first.commit()
        await first.close()
        let longer = try folder.bytes(name(compression))
        for end in whole.count...longer.count {
            try Data(longer[..<end]).write(to: URL(fileURLWithPath: folder.path(name(compression))))
            let sink = sink(compression)
            #expect(
                try await sink.survey().offsets["recordings.jsonl" + compression.suffix]
                    == Int64(end == longer.count ? end : whole.count)
            )
            #expect(try await sink.recover(to: kept) == kept, "cut after \(end - whole.count) bytes")
            await sink.close()
        }
        #expect(try folder.bytes(name(compression)) == whole)
        let last = sink(compression)
        _ = try await last.recover(to: kept)
        try await last.write(batch(recordings: [recording("2")]))
        #expect(try await replay(last, try await last.commit()) == [recording("1"), recording("2")])
    }

    @Test(
        "with something behind the commit that is not this program's are refused",
        arguments: [Compression.gzip, .zstd]
    )
    func addition(_ compression: Compression) async throws {
        let first = sink(compression)
        _ = try await first.recover(to: nil)
        try await first.write(batch(recordings: [recording("1")]))
        let kept = try await first.commit()
        await first.close()
        let whole = try folder.bytes(name(compression))
        var note: [UInt8] = []
        var compressor = try #require(try compression.makeCompressor())
        try compressor.compress(Array("mine\n".utf8).span, into: &note)
        try compressor.finish(into: &note)
        for tail in [Array("mine\n".utf8), note, note + [1, 2, 3]] {
            try Data(whole + tail).write(to: URL(fileURLWithPath: folder.path(name(compression))))
            let error = await failure { try await sink(compression).recover(to: kept) }
            #expect(error?.code == .sinkFailed)
            #expect(error?.reason.contains("was added") == true)
            #expect(try folder.bytes(name(compression)) == whole + tail)
        }
        try Data(whole + [0, 0, 0, 0, 0]).write(to: URL(fileURLWithPath: folder.path(name(compression))))
        #expect(try await sink(compression).recover(to: kept) == kept)
    }

    @Test("that were damaged are refused when they are read back", arguments: [Compression.gzip, .zstd])
    func damaged(_ compression: Compression) async throws {
        let sink = sink(compression)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: (0..<500).map { recording("\($0)", title: "\($0 &* 104_729)") }))
        var position = try await sink.commit()
        await sink.close()
        position.marks = [:]
        var short = position
        short.offsets["recordings.jsonl" + compression.suffix]? -= 1
        #expect(await failure { try await replay(sink, short) }?.reason.contains("is damaged") == true)
        var bytes = try folder.bytes(name(compression))
        bytes[bytes.count / 2] ^= 0x55
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path(name(compression))))
        let error = await failure { try await replay(sink, position) }
        #expect(error?.code == .sinkFailed)
    }

    @Test("on a full disk end with their last whole frame", arguments: [Compression.gzip, .zstd])
    func fullDisk(_ compression: Compression) async throws {
        let left = Counter(10_000)
        var operations = FileOperations.system
        operations.write = { file, bytes throws(SystemError) in
            let count = min(left.value, bytes.count)
            guard count > 0 else { throw SystemError(number: ENOSPC) }
            left.value -= count
            return try file.write(bytes.extracting(first: count))
        }
        let sink = sink(compression, operations: operations)
        _ = try await sink.recover(to: nil)
        try await sink.write(batch(recordings: [recording("1")]))
        let kept = try await sink.commit()
        let whole = try folder.bytes(name(compression))
        left.value = 20
        let error = await failure {
            try await sink.write(batch(recordings: [recording("2")]))
            return try await sink.commit()
        }
        #expect(error?.code == .sinkFailed)
        #expect(error?.reason.contains("disk is full") == true)
        #expect(try folder.bytes(name(compression)) == whole)
        left.value = 10_000
        #expect(try await sink.recover(to: kept) == kept)
    }
}
