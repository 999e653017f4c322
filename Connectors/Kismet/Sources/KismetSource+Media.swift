public import RecordingKit

extension KismetSource: MediaProviding {
    /// Asking leaves one `read` in the recording's audit trail.
    static let mediaOffer = MediaOffer(mainRendition: "video", auditCost: 1)

    /// Asks for a recording's presigned link, which leaves a `read` in its audit trail.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when the answer is about another recording or its link is
    ///   none; `connector_failed` when the call that the recording belongs to is not known.
    public func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        guard let call = KismetCall(recording) else { throw KismetMapping.lostCall }
        do {
            let answer = try await api.send(KismetRequest.details(of: recording.id, in: call))
            return try KismetMedia.availability(answer.json, of: recording.id)
        } catch let error as TapedeckError {
            guard let answer = KismetMedia.availability(after: error) else { throw error }
            return answer
        }
    }
}
