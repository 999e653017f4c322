import PluginProtocol
import RecordingKit

/// A source that is read by processes of a connector's program.
struct ProcessSource: AccessReporting, MediaProviding {
    let pool: ProcessPool

    func check(api: APIClient) async throws {
        try await call(.check, in: .listings, api: api) { _ in throw ProtocolViolation.misplaced("check") }
    }

    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        try await call(.listings(window), in: .listings, api: api) { message in
            guard case .listing(let listing) = message else { throw ProtocolViolation.misplaced("listings") }
            try await yield(listing)
        }
    }

    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        try await call(.recordings(listing), in: .recordings, api: api) { message in
            guard case .recordings(let records) = message else { throw ProtocolViolation.misplaced("recordings") }
            try await yield(records)
        }
    }

    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        try await call(.accessEvents(recording, since: since), in: .accessEvents, api: api) { message in
            guard case .accessEvents(let rows) = message else { throw ProtocolViolation.misplaced("access_events") }
            try await yield(rows.events(of: recording.id))
        }
    }

    func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        var availability: MediaAvailability?
        try await call(.media(recording), in: .media, api: api) { message in
            guard case .media(let media) = message, availability == nil else {
                throw ProtocolViolation.misplaced("media")
            }
            availability = media
        }
        guard let availability else {
            throw TapedeckError(.connectorFailed, "The connector did not say what there is of a recording's media.")
        }
        return availability
    }

    /// Has a call done by a process of the pool.
    private func call(
        _ task: PluginCall.Task,
        in lane: ProcessPool.Lane,
        api: APIClient,
        take: (PluginMessage) async throws -> Void
    ) async throws {
        do {
            let outcome = try await pool.permits(lane).withPermit { try await perform(task, in: lane, api, take) }
            if case .failed(let error) = outcome { throw error }
        } catch {
            throw ProcessFailure.explained(error)
        }
    }

    /// A process that served other calls may have ended in between, or have said something after its last one: that is no fault of
    /// this call, which then gets a new process.
    private func perform(
        _ task: PluginCall.Task,
        in lane: ProcessPool.Lane,
        _ api: APIClient,
        _ take: (PluginMessage) async throws -> Void
    ) async throws -> PluginConversation.Outcome {
        while true {
            let (process, isNew) = try await pool.take(for: lane)
            let call = PluginCall(id: pool.nextCallID(), task: task)
            var conversation = PluginConversation(process, call, api: api, program: pool.launcher.program)
            do {
                let outcome = try await conversation.perform(take)
                pool.giveBack(process, in: lane)
                return outcome
            } catch let unanswered as PluginConversation.Unanswered {
                pool.spoil(process, unanswered.cause, in: lane)
                if isNew || unanswered.cause as? ProcessEnd == .silent { throw unanswered.cause }
            } catch {
                pool.spoil(process, error, in: lane)
                throw error
            }
        }
    }
}

extension ProtocolViolation {
    /// A message that the method does not have.
    fileprivate static func misplaced(_ method: String) -> ProtocolViolation {
        ProtocolViolation("it handed over something that does not belong to \(method)")
    }
}
