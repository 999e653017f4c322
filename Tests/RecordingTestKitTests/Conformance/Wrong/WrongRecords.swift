import RawJSON
import RecordingKit
import RecordingTestKit

/// Connectors that make something wrong of what they are answered.
extension TapeConnector {
    private static func mapping(_ change: @escaping @Sendable (inout Recording) throws -> Void) -> TapeConnector {
        var connector = TapeConnector()
        connector.recording = { row in
            guard var listed = try TapeConnector.recording(row) else { return nil }
            try change(&listed.recording)
            return listed
        }
        return connector
    }

    /// Writes the platform's object anew.
    static let rewritingRaw = mapping { recording in
        guard let raw = recording.raw else { return }
        var writer = JSONWriter()
        writer.beginObject()
        for member in raw.members {
            writer.name(member.name)
            if let text = member.value.string { writer.string(text) } else { writer.raw(member.value) }
        }
        writer.endObject()
        recording.raw = try JSONDocument(parsing: writer.take()).root
    }

    /// Refuses what it does not know.
    static let refusingMembers = mapping { recording in
        let known = ["id", "title", "recorded_at", "status", "owner", "length"]
        guard recording.raw?.members.allSatisfy({ known.contains($0.name) }) == true else {
            throw TapedeckError(.malformedResponse, "A tape has a member that is not known.")
        }
    }

    /// Takes every word that it does not know for the best one.
    static let guessingStatus = mapping { recording in
        if recording.status == .unknown { recording.status = .available }
    }

    /// Gives a tape another title each time.
    static let rollingDice = mapping { recording in
        recording.title = "Take \(UInt64.random(in: .min ... .max))"
    }

    /// Gives a box another key each time.
    static var renamingListings: TapeConnector {
        var connector = TapeConnector()
        connector.key = { "\($0) \(UInt64.random(in: .min ... .max))" }
        return connector
    }

    /// Gives all accesses of a tape one id.
    static var repeatingIDs: TapeConnector {
        var connector = TapeConnector()
        connector.event = { row, recording in
            var event = TapeConnector.event(row, of: recording)
            event?.identity = .platform(recording.id)
            return row["id"] == nil ? nil : event
        }
        return connector
    }
}
