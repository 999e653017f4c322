import RecordingKit

/// The fields of what a connector handed over, as texts that can be compared one by one.
struct RecordFields: Sendable, Equatable {
    private(set) var values: [(name: String, value: String)]

    static func == (left: RecordFields, right: RecordFields) -> Bool { left.differences(from: right).isEmpty }

    /// The names of the fields that differ.
    func differences(from other: RecordFields) -> [String] {
        guard values.map(\.name) == other.values.map(\.name) else { return ["fields"] }
        return zip(values, other.values).filter { $0.value != $1.value }.map(\.0.name)
    }

    /// The same without some fields.
    func without(_ names: Set<String>) -> RecordFields {
        var copy = self
        copy.values.removeAll { names.contains($0.name) }
        return copy
    }

    init(_ listing: Listing) {
        values = [
            ("key", listing.key), ("label", listing.label),
            ("window", listing.window.map { "\($0.from) \($0.to)" } ?? ""),
            ("parameters", RecordFields.text(listing.parameters)),
            ("settlesAt", RecordFields.text(listing.settlesAt)), ("failure", listing.failure?.code.rawValue ?? ""),
        ]
    }

    init(_ listed: ListedRecording) {
        let recording = listed.recording
        values = [
            ("id", recording.id), ("title", recording.title ?? ""),
            ("startedAt", RecordFields.text(recording.startedAt)),
            ("endedAt", RecordFields.text(recording.endedAt)),
            ("createdAt", RecordFields.text(recording.createdAt)),
            ("updatedAt", RecordFields.text(recording.updatedAt)),
            ("status", recording.status.rawValue), ("rawStatus", recording.rawStatus ?? ""),
            ("error", recording.error ?? ""), ("host", RecordFields.text(recording.host)),
            ("site", recording.site ?? ""),
            ("context", recording.context.map { "\($0.name)=\($0.value)" }.joined(separator: " ")),
            ("raw", recording.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? ""),
            ("parameters", RecordFields.text(recording.parameters)),
            (
                "summary",
                listed.summary.map { "\(RecordFields.text($0.views)) \(RecordFields.text($0.downloads))" } ?? ""
            ),
            ("accessRevision", listed.accessRevision.text ?? ""),
        ]
    }

    init(_ event: AccessEvent) {
        let identity =
            switch event.identity {
            case .platform(let id): "platform \(id)"
            case .derived(let parts): "derived \(parts.joined(separator: "\u{1F}"))"
            }
        values = [
            ("id", identity), ("recordingID", event.recordingID), ("actor", RecordFields.text(event.actor)),
            ("actions", event.actions.map(\.rawValue).joined(separator: " ")),
            ("occurredAt", RecordFields.text(event.occurredAt)),
            ("changes", event.changes.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? ""),
            ("raw", event.raw.map { String(decoding: $0.rawBytes, as: UTF8.self) } ?? ""),
        ]
    }

    init(_ media: MediaAvailability) {
        switch media {
        case .available(let links):
            values = links.flatMap { link in
                [("rendition", link.rendition), ("url", link.url), ("expiresAt", RecordFields.text(link.expiresAt))]
            }
        case .pending(let reason): values = [("pending", reason)]
        case .forbidden(let reason): values = [("forbidden", reason)]
        case .gone(let reason): values = [("gone", reason)]
        }
    }

    private static func text(_ time: Timestamp?) -> String {
        time.map { "\($0.seconds).\($0.nanoseconds).\($0.fractionDigits)" } ?? ""
    }

    private static func text(_ person: Person) -> String {
        [person.id, person.name, person.email].map { $0 ?? "" }.joined(separator: "\u{1F}")
    }

    private static func text(_ number: Int64?) -> String { number.map(String.init) ?? "none" }

    private static func text(_ parameters: [String: String]) -> String {
        parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1F}")
    }
}

extension ConnectorRun.Reading {
    /// The fields of everything that was handed over, in order.
    var fields: [RecordFields] {
        recordings.map { RecordFields($0) } + events.map { RecordFields($0) } + (media.map { [RecordFields($0)] } ?? [])
    }

    /// What differs from another reading of the same thing, as one sentence; nil when nothing does.
    ///
    /// - Parameters:
    ///   - name: what was read.
    ///   - ignored: fields that may differ.
    func difference(from other: ConnectorRun.Reading?, name: String, ignoring ignored: Set<String> = []) -> String? {
        guard let other else { return "\(name) was not read." }
        if (failure == nil) != (other.failure == nil) {
            return failure.map { "\(name) ended with \(problem(of: $0))." } ?? "\(name) no longer fails."
        }
        let (left, right) = (fields, other.fields)
        guard left.count == right.count else { return "\(name) gave \(left.count) where \(right.count) were given." }
        for (index, (mine, others)) in zip(left, right).enumerated() {
            let names = mine.without(ignored).differences(from: others.without(ignored))
            if !names.isEmpty { return "\(name): of number \(index + 1), \(names.joined(separator: ", ")) differs." }
        }
        return nil
    }
}

/// A failure's code and what it says, as the end of a sentence; the type of one that is the connector's own.
func account(of error: any Error) -> String {
    (error as? TapedeckError).map { "\($0.code.rawValue): \($0.reason)" } ?? "\(problem(of: error))."
}

/// A failure's code, or its type, without anything that it may hold.
func problem(of error: any Error) -> String {
    (error as? TapedeckError)?.code.rawValue ?? "\(type(of: error))"
}
