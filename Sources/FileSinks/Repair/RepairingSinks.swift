public import RecordingHost
import RecordingKit

extension JSONLinesSink: RepairableSink {
    /// False: lines are only ever appended.
    public nonisolated var takesRepeats: Bool { false }

    /// Why recovering to `position` would be refused, in words; nil when it would not.
    ///
    /// - Throws: nothing that is about the files.
    public func mismatch(with position: SinkPosition) throws -> String? { try folder.mismatch(with: position) }

    /// Gives the files other names.
    public func moveAside(suffix: String) throws -> [String] {
        close()
        return try folder.moveAside(suffix: suffix)
    }

    /// Hands over every line up to a position, in batches of at most about 1 000 lines or 1 MB of text.
    public nonisolated func examine(
        through end: SinkPosition?,
        _ body: @Sendable ([ExaminedLine]) async throws -> Void
    ) async throws {
        let examiner = LineExaminer(folder: folder, end: end)
        while let lines = try await examiner.next() { try await body(lines) }
    }

    /// Takes lines out of the files and keeps them in files beside.
    public func setAside(_ lines: [SinkLine], suffix: String) throws -> [String] {
        close()
        return try folder.setAside(lines, suffix: suffix)
    }
}

extension CSVSink: InspectableSink {
    /// False: rows are only ever appended.
    public nonisolated var takesRepeats: Bool { false }

    /// Why recovering to `position` would be refused, in words; nil when it would not.
    public func mismatch(with position: SinkPosition) throws -> String? { try folder.mismatch(with: position) }

    /// Gives the files other names.
    public func moveAside(suffix: String) throws -> [String] {
        close()
        return try folder.moveAside(suffix: suffix)
    }
}

extension LineFolder {
    /// Why ``open(at:)`` would be refused.
    fileprivate func mismatch(with position: SinkPosition) throws -> String? {
        do {
            let present = try partsInFolder()
            let known = try extents(position)
            for kind in Self.kinds {
                _ = try SeriesInspection(
                    folder: self,
                    kind: kind,
                    known: known.filter { $0.name.kind == kind },
                    present: present.filter { $0.kind == kind },
                    isKnown: true,
                    longestTail: SeriesInspection.longestTail(behind: position)
                )
            }
            return nil
        } catch let error as TapedeckError {
            return error.reason
        }
    }
}
