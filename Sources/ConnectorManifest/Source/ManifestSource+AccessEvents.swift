import RawJSON
import RecordingKit

extension ManifestSource: AccessReporting {
    /// Reads all that the manifest declares of who accessed a recording.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when a row has no id, is about another recording, or has a
    ///   value that is not what the manifest declares; the others are handed over first.
    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        let about = names(about: recording)
        var faults = FaultTally()
        for events in plan.accessEvents where events.condition?.holds(row: nil, names: about) ?? true {
            var names = about
            let first = since.map { events.sinceRules.bounds(of: TimeWindow(from: $0, to: $0)).first }
            names.bind("since", first.map { .time($0) })
            var mapping = EventMapping(events, recordingID: recording.id, names: names)
            var pages = try RowPages(events.rows, names, api: api)
            while let page = try await pages.next() {
                try await yield(try mapping.events(in: page))
            }
            faults.add(mapping.faults)
        }
        try faults.require(platform: plan.platform)
    }
}

/// Makes events of rows.
struct EventMapping {
    private let plan: EventsPlan
    private let recordingID: String
    private let names: NameScope
    private let owner: String?
    /// What is wrong with rows so far.
    private(set) var faults = FaultTally()

    init(_ plan: EventsPlan, recordingID: String, names: NameScope) {
        self.plan = plan
        self.recordingID = recordingID
        self.names = names
        owner = plan.belongsTo?.expected.evaluate(names: names).text
    }

    /// The events in a page.
    mutating func events(in page: RowPage) throws -> [AccessEvent] {
        var events: [AccessEvent] = []
        for row in plan.rows.rows(of: page, &faults) {
            if let event = try event(row) { events.append(event) }
        }
        return events
    }

    /// The event in a row; nil for a row that is none or that nothing can be made of.
    private mutating func event(_ row: JSONValue) throws -> AccessEvent? {
        guard plan.rows.condition?.holds(row: row, names: names) ?? true else {
            if !row.canBeMeant { faults.addUnusable("access event(s) that are no objects") }
            return nil
        }
        if let belongsTo = plan.belongsTo, let found = row.value(at: belongsTo.pointer)?.scalarText, !found.isEmpty,
            found != owner
        {
            faults.addUnusable("access event(s) of another recording")
            return nil
        }
        var reader = RowReader(row, names)
        defer { faults.add(reader.tally) }
        guard let identity = identity(&reader) else {
            faults.addUnusable("access event(s) without an id")
            return nil
        }
        var event = AccessEvent(
            identity: identity,
            recordingID: recordingID,
            actor: reader.person(plan.actor, "actor"),
            actions: actions(&reader)
        )
        event.occurredAt = reader.time(plan.occurredAt, "occurredAt")
        event.changes = plan.changes?.first(in: row).flatMap { $0.kind == .object ? $0 : nil }
        event.raw = try plan.withholding?.apply(to: row) ?? row
        return event
    }

    private func identity(_ reader: inout RowReader) -> EventIdentity? {
        if let id = plan.id { return reader.text(id, "id").map { .platform($0) } }
        guard reader.row?.kind == .object else { return nil }
        var parts = [recordingID]
        for value in plan.identity {
            let part = reader.result(value, "identity")
            // An instant tells events apart, not its spelling, which may change from one answer to the next.
            parts.append(part.time.map { "\($0.seconds).\($0.nanoseconds)" } ?? part.text ?? "")
        }
        return .derived(parts)
    }

    private func actions(_ reader: inout RowReader) -> [AccessAction] {
        switch plan.actions {
        case .cases(let cases):
            return cases.filter { $0.when.holds(row: reader.row, names: names) }.map(\.result)
        case .value(let value):
            guard let word = reader.text(value, "actions"), ManifestTable.actions.contains(word) else {
                return [.unknown]
            }
            return [AccessAction(rawValue: word)]
        }
    }
}
