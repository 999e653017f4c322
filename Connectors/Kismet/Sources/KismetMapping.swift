import RawJSON
import RecordingKit

/// Turns what Kismet sends into the common vocabulary.
enum KismetMapping {
    /// Whether a call is worth asking for recordings: not when Kismet says that it goes on or that there are none.
    static func mayHaveRecordings(_ call: JSONValue) -> Bool {
        call["is_ended"]?.boolean != false && call["has_egresses"]?.boolean != false
    }

    /// When a call that has ended was last changed; nil for one that may go on.
    static func lastChange(ofEnded call: JSONValue) -> Timestamp? {
        guard call["is_ended"]?.boolean == true else { return nil }
        return call.time("updated_at")
    }

    /// One egress of a call, or nil when it has no id.
    ///
    /// Kismet does not say when recording began: `created_at` is when the entry was made, so that is all it is taken for.
    static func recording(_ row: JSONValue, of call: KismetCall) -> ListedRecording? {
        guard let id = row.identifier("id") else { return nil }
        var recording = Recording(id: id)
        recording.rawStatus = row["status"]?.string
        recording.error = failure(of: row)
        recording.status = status(recording.rawStatus, hasFailed: recording.error != nil)
        recording.endedAt = row.time("ended_at")
        recording.createdAt = row.time("created_at")
        recording.updatedAt = row.time("updated_at")
        recording.context = call.context
        if let egressID = row.identifier("egress_id") {
            recording.context.append(ContextEntry("egress_id", egressID))
        }
        recording.raw = row
        return ListedRecording(recording)
    }

    /// The normalised status.
    ///
    /// The recording service beneath says "ended" of failed jobs too, so an error decides before the word does. Its words come
    /// from an open set, partly names of events and partly names of states.
    static func status(_ word: String?, hasFailed: Bool) -> RecordingStatus {
        if hasFailed { return .failed }
        switch word?.lowercased() {
        case "egress_ended", "egress_complete": return .available
        case "egress_starting", "egress_started", "egress_active", "egress_updated", "egress_ending": return .processing
        case "egress_failed", "egress_aborted": return .failed
        default: return .unknown
        }
    }

    /// One entry of an audit trail, or nil when it has no id.
    static func event(_ row: JSONValue, of recordingID: String) -> AccessEvent? {
        guard let id = row.identifier("id") else { return nil }
        var event = AccessEvent(
            identity: .platform(id),
            recordingID: recordingID,
            actor: Person(id: row.identifier("user_id")),
            actions: [action(row["event"]?.string)]
        )
        event.occurredAt = row.time("created_at")
        event.changes = row["object_changes"].flatMap { $0.kind == .object ? $0 : nil }
        event.raw = row
        return event
    }

    /// Ends a listing that held rows which nothing could be made of.
    static func requireNone(_ count: Int, _ what: String) throws(TapedeckError) {
        guard count > 0 else { return }
        throw TapedeckError(.malformedResponse, "Kismet sent \(count) \(what); everything else was read.")
    }

    /// What is thrown when a listing or a recording comes back without the ids that this connector put into it.
    static var lostCall: TapedeckError {
        TapedeckError(
            .connectorFailed,
            "The organization user and the call that the recording belongs to are not known."
        )
    }

    private static func action(_ word: String?) -> AccessAction {
        switch word {
        case "create": .create
        case "update": .update
        case "read": .read
        case "destroy", "delete": .delete
        default: .unknown
        }
    }

    /// Why the egress failed, in the platform's words; an empty text is no failure.
    static func failure(of row: JSONValue) -> String? {
        guard let error = row["error"], !error.isNull else { return nil }
        let text = error.string ?? String(decoding: error.rawBytes, as: UTF8.self)
        return text.isEmpty ? nil : text
    }
}

extension JSONValue {
    /// An id, whether it is quoted or not; nil when it is absent, null or empty.
    func identifier(_ name: String) -> String? {
        guard let text = self[name]?.scalarText, !text.isEmpty else { return nil }
        return text
    }

    /// A time; one without a zone is UTC.
    fileprivate func time(_ name: String) -> Timestamp? { self[name].flatMap { Timestamp($0) } }
}
