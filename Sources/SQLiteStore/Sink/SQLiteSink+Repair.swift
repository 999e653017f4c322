public import RecordingHost
import RecordingKit

extension SQLiteSink: InspectableSink {
    /// True: each record takes the place of the one with its key.
    public nonisolated var takesRepeats: Bool { true }

    /// Why recovering to `position` would be refused, in words; nil when it would not.
    ///
    /// A database that is missing is not made, unless the position says that nothing was written to it.
    public func mismatch(with position: SinkPosition) -> String? {
        do {
            if try FileStatus.of(path) == nil, position.offsets.values.allSatisfy({ $0 <= 0 }) { return nil }
            _ = try recover(to: position)
            close()
            return nil
        } catch {
            close()
            return (error as? TapedeckError)?.reason ?? "the database \(FilePath.name(path)) cannot be opened"
        }
    }

    /// Gives the database's files other names.
    public func moveAside(suffix: String) throws -> [String] {
        close()
        var names: [String] = []
        do {
            for ending in ["", "-wal", "-shm"] where try FileStatus.of(path + ending) != nil {
                var target = path + "." + suffix + ending
                var number = 2
                while try FileStatus.of(target) != nil {
                    target = path + ".\(suffix)-\(number)" + ending
                    number += 1
                }
                try FilePath.move(path + ending, to: target)
                names.append(FilePath.name(target))
            }
        } catch {
            throw StoreRole.records.refusal("the database \(FilePath.name(path)) cannot be moved aside: \(error)")
        }
        return names
    }
}
