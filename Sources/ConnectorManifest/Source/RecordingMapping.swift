import RawJSON
import RecordingKit

/// Makes recordings of rows.
struct RecordingMapping {
    let plan: RecordingsPlan
    /// What is wrong with rows so far.
    private(set) var faults = FaultTally()

    init(_ plan: RecordingsPlan) { self.plan = plan }

    /// The recordings in a page.
    mutating func recordings(in page: RowPage, _ names: NameScope) throws -> [ListedRecording] {
        faults.add(page.faults)
        var recordings: [ListedRecording] = []
        for item in page.items { recordings += try self.recordings(in: item, names) }
        return recordings
    }

    /// The recordings in one item of a page.
    private mutating func recordings(in item: JSONValue, _ names: NameScope) throws -> [ListedRecording] {
        var names = names
        var binder = RowReader(item, names)
        for binding in plan.bind {
            let result = binder.result(binding.value, "\"\(binding.name)\"")
            names.bind(binding.name, NameValue(result))
        }
        faults.add(binder.tally)
        var recordings: [ListedRecording] = []
        for row in plan.rows.rows(of: item, &faults) {
            guard plan.rows.condition?.holds(row: row, names: names) ?? true else {
                if !row.canBeMeant { faults.addUnusable("recording(s) that are no objects") }
                continue
            }
            if let recording = try recording(row, item, names) { recordings.append(recording) }
        }
        return recordings
    }

    private mutating func recording(
        _ row: JSONValue,
        _ item: JSONValue,
        _ names: NameScope
    ) throws -> ListedRecording? {
        var reader = RowReader(row, names)
        defer { faults.add(reader.tally) }
        guard let id = reader.text(plan.id, "id") else {
            faults.addUnusable("recording(s) without an id")
            return nil
        }
        var recording = Recording(id: id, status: reader.status(plan.status))
        recording.title = reader.text(plan.title, "title")
        recording.startedAt = reader.time(plan.startedAt, "startedAt")
        recording.endedAt = reader.time(plan.endedAt, "endedAt")
        recording.createdAt = reader.time(plan.createdAt, "createdAt")
        recording.updatedAt = reader.time(plan.updatedAt, "updatedAt")
        recording.rawStatus = reader.text(plan.rawStatus, "rawStatus")
        recording.error = reader.text(plan.error, "error")
        recording.host = reader.person(plan.host, "host")
        recording.site = reader.text(plan.site, "site")
        recording.context = plan.context.compactMap { binding in
            reader.text(binding.value, "context.\(binding.name)").map { ContextEntry(binding.name, $0) }
        }
        for binding in plan.parameters {
            recording.parameters[binding.name] = reader.text(binding.value, "parameters.\(binding.name)")
        }
        let raw = plan.keepsItem ? item : row
        recording.raw = try plan.withholding?.apply(to: raw) ?? raw
        return ListedRecording(recording, summary: reader.summary(plan, id), accessRevision: reader.revision(plan))
    }
}

extension RowReader {
    /// The status: the first case that holds, else what the value says; `unknown` for any other word.
    fileprivate mutating func status(_ plan: StatusPlan) -> RecordingStatus {
        if let holding = plan.cases.first(where: { $0.when.holds(row: row, names: names) }) { return holding.result }
        guard let word = text(plan.value, "status"), ManifestTable.statuses.contains(word) else { return .unknown }
        return RecordingStatus(rawValue: word)
    }

    /// The counters of the row itself.
    fileprivate mutating func summary(_ plan: RecordingsPlan, _ id: String) -> AccessSummary? {
        guard let summary = plan.accessSummary, summary.rows == nil else { return nil }
        let views = count(summary.views, "accessSummary.views")
        let downloads = count(summary.downloads, "accessSummary.downloads")
        return views == nil && downloads == nil
            ? nil : AccessSummary(recordingID: id, views: views, downloads: downloads)
    }

    /// What changes with every access; without one of its parts nothing can be said.
    fileprivate mutating func revision(_ plan: RecordingsPlan) -> AccessRevision {
        guard !plan.accessRevision.isEmpty else { return .unknown }
        var parts: [String] = []
        for value in plan.accessRevision {
            guard let part = text(value, "accessRevision") else { return .unknown }
            parts.append(part)
        }
        return .revision(parts.joined(separator: ":"))
    }
}
