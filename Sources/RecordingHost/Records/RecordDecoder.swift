import RawJSON
package import RecordingKit

/// A record that was read back from its JSON text, with the hashes that it was written under.
package struct DecodedRecord: Sendable {
    /// The record.
    package let record: OutputRecord
    /// The hash of its content, as the encoder computes it.
    package let content: UInt64
    /// The hash of a recording's context, which is hashed apart; 0 for other kinds.
    package let context: UInt64
}

/// Reads records back from the JSON Lines that the host writes.
///
/// Both hashes are those that were computed when the line was written: over the line's bytes, with the white space between tokens
/// left out. Members that it does not know are passed over. What an event's id was derived from is not in the line, so an event
/// with a derived id has no parts.
package struct RecordDecoder: Sendable {
    /// Deeper than any document that the host reads, because a record lies inside its line.
    private static let limits = JSONLimits(maximumDepth: 1_024)

    /// Makes a decoder.
    package init() {}

    /// Reads one line without its line feed.
    ///
    /// - Throws: `TapedeckError` with code `sink_failed`; its reason tells what is wrong and nothing of the content.
    package func decode(_ line: [UInt8], as kind: RecordKind) throws(TapedeckError) -> DecodedRecord {
        let members = try RecordMembers(line, limits: Self.limits)
        switch kind {
        case .recordings: return try recording(members)
        case .accessSummaries: return try summary(members)
        case .accessEvents: return try event(members)
        case .media: return try medium(members)
        default: throw TapedeckError(.sinkFailed, "records of kind \(kind) cannot be read back")
        }
    }

    private func recording(_ members: RecordMembers) throws(TapedeckError) -> DecodedRecord {
        var recording = Recording(
            id: try members.text(.id),
            status: RecordingStatus(rawValue: try members.text(.status))
        )
        recording.title = try members.optionalText(.title)
        recording.startedAt = try members.optionalTime(.startedAt)
        recording.endedAt = try members.optionalTime(.endedAt)
        recording.createdAt = try members.optionalTime(.createdAt)
        recording.updatedAt = try members.optionalTime(.updatedAt)
        recording.rawStatus = try members.optionalText(.statusRaw)
        recording.error = try members.optionalText(.error)
        recording.host = try members.person(.host)
        recording.site = try members.optionalText(.site)
        recording.context = try members.context()
        recording.raw = members.value(.raw)
        let observedAt = try members.time(.observedAt)
        let context = try members.range(.context)
        let time = try members.range(.observedAt)
        let head = members.hash(..<context.lowerBound)
        return DecodedRecord(
            record: try output(members, observedAt, .recording(recording)),
            content: members.hash(time.upperBound..., seed: head),
            context: members.hash(context)
        )
    }

    private func summary(_ members: RecordMembers) throws(TapedeckError) -> DecodedRecord {
        let summary = AccessSummary(
            recordingID: try members.text(.recordingID),
            views: try members.optionalInteger(.views),
            downloads: try members.optionalInteger(.downloads)
        )
        let time = try members.time(.asOf)
        let place = try members.range(.asOf)
        return DecodedRecord(
            record: try output(members, time, .accessSummary(summary)),
            content: members.hash(..<place.lowerBound),
            context: 0
        )
    }

    /// An event's line does not say when the host saw it, only when it happened; where that is not known either, the earliest time
    /// stands for it.
    private func event(_ members: RecordMembers) throws(TapedeckError) -> DecodedRecord {
        let id = try members.text(.id)
        let isSynthetic = try members.boolean(.idIsSynthetic)
        var event = AccessEvent(
            identity: isSynthetic ? .derived([]) : .platform(id),
            recordingID: try members.text(.recordingID),
            actor: try members.person(.actor),
            actions: []
        )
        event.actions = try members.texts(.actions).map { AccessAction(rawValue: $0) }
        event.occurredAt = try members.optionalTime(.occurredAt)
        event.changes = members.value(.changes)
        event.raw = members.value(.raw)
        let payload = OutputRecord.Payload.accessEvent(
            event,
            id: id,
            isSynthetic: isSynthetic,
            isSelfInduced: try members.optionalBoolean(.selfInduced)
        )
        return DecodedRecord(
            record: try output(members, event.occurredAt ?? .earliest, payload),
            content: members.hash(0...),
            context: 0
        )
    }

    /// A medium's line says when its last byte came; where there is none, the earliest time stands for when it was written.
    private func medium(_ members: RecordMembers) throws(TapedeckError) -> DecodedRecord {
        var medium = Medium(
            recordingID: try members.text(.recordingID),
            rendition: try members.text(.rendition),
            state: MediaState(rawValue: try members.text(.state)),
            reason: try members.optionalText(.reason)
        )
        medium.path = try members.optionalText(.path)
        medium.bytes = try members.optionalInteger(.bytes)
        medium.sha256 = try members.optionalText(.sha256)
        medium.contentType = try members.optionalText(.contentType)
        medium.etag = try members.optionalText(.etag)
        medium.fetchedAt = try members.optionalTime(.fetchedAt)
        return DecodedRecord(
            record: try output(members, medium.fetchedAt ?? .earliest, .medium(medium)),
            content: members.hash(0...),
            context: 0
        )
    }

    private func output(
        _ members: RecordMembers,
        _ observedAt: Timestamp,
        _ payload: OutputRecord.Payload
    ) throws(TapedeckError) -> OutputRecord {
        OutputRecord(
            source: try members.text(.source),
            connector: try members.text(.connector),
            observedAt: observedAt,
            payload: payload
        )
    }
}
