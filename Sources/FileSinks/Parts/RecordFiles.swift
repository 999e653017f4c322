import RecordingHost
import RecordingKit

/// What a sink of files does with its calls; one that failed stays failed until it recovers again.
struct RecordFiles {
    let folder: LineFolder
    private var series: [LineSeries] = []
    private var failure: TapedeckError?

    init(folder: LineFolder) { self.folder = folder }

    mutating func recover(to position: SinkPosition?) throws -> SinkPosition {
        close()
        failure = nil
        series = try folder.open(at: position)
        return self.position
    }

    mutating func write(_ batch: RecordBatch) throws {
        try whileGood { files throws in
            for kind in batch.kinds {
                let index = try files.series(of: kind)
                try files.append(try files.folder.format.lines(of: batch, kind), to: index)
            }
        }
    }

    mutating func commit() throws -> SinkPosition {
        try whileGood { files throws in
            for index in files.series.indices { try files.finish(index) }
            return files.position
        }
    }

    mutating func close() { series = [] }

    private var position: SinkPosition {
        var position = SinkPosition()
        for series in series { series.add(to: &position) }
        return position
    }

    /// Where the files of a kind are, which begin now when this is its first record.
    private mutating func series(of kind: RecordKind) throws -> Int {
        if let index = series.firstIndex(where: { $0.kind == kind }) { return index }
        guard LineFolder.lateKinds.contains(kind) else {
            throw folder.refusal("records of kind \(kind) cannot be written as \(folder.format.name)")
        }
        let name = folder.settings.firstName(kind, format: folder.format.name)
        series.append(
            LineSeries(
                finished: [],
                current: try folder.begin(name),
                mustBegin: !folder.settings.continues(name)
            )
        )
        try folder.synchronize()
        return series.count - 1
    }

    private mutating func append(_ lines: [UInt8], to index: Int) throws {
        if series[index].isFull(folder.settings.rotateAfter) {
            let next = series[index].current.name.next(folder.settings.compression)
            series[index].turn(to: try folder.begin(next))
            try folder.synchronize()
        }
        let name = series[index].current.name.text
        try folder.attempt(name) { try series[index].current.append(lines.span, folder.operations) }
    }

    private mutating func finish(_ index: Int) throws {
        let name = series[index].current.name.text
        let actual = try folder.attempt(name) {
            try series[index].current.finish(folder.operations)
            return try series[index].current.actualLength()
        }
        guard actual == series[index].current.length else {
            throw folder.refusal(
                "\(folder.shown(name)) holds \(actual) bytes where \(series[index].current.length) were written: "
                    + "another program changes it; stop that and run again"
            )
        }
    }

    private mutating func whileGood<Result>(_ body: (inout RecordFiles) throws -> Result) throws -> Result {
        if let failure { throw failure }
        guard !series.isEmpty else {
            throw folder.refusal("\(FilePath.name(folder.path)) is not open: recover it first")
        }
        do {
            return try body(&self)
        } catch {
            failure = error as? TapedeckError ?? folder.failure(error, "")
            throw error
        }
    }
}
