public import RecordingKit

extension WebexSource: MediaProviding {
    /// Asks for links to a recording's file, its audio and its transcript, which live for three hours.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when the answer is about another recording, or when what
    ///   stands in place of a link is none.
    public func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        do {
            let answer = try await api.send(WebexRequest.recording(recording))
            return try WebexMedia.availability(answer.json, of: recording.id)
        } catch let error as TapedeckError {
            guard let answer = WebexMedia.availability(after: error) else { throw error }
            return answer
        }
    }
}
