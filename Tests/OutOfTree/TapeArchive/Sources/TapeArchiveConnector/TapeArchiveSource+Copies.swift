// snippet.media
public import RecordingKit

extension TapeArchiveSource: MediaProviding {
    /// Asks for the link to a tape's copy.
    public func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        let answer: APIResponse
        do {
            answer = try await api.send(.get("/tapes/{tape}/copy", parameters: ["tape": recording.id]))
        } catch let error as TapedeckError where [.notFound, .gone].contains(error.code) {
            return .gone(reason: "The archive has no copy any more.")
        } catch let error as TapedeckError where error.code == .forbidden {
            return .forbidden(reason: "The archivist does not give out copies of this tape.")
        }
        guard let url = answer.json["url"]?.string else { return .pending(reason: "The tape is being digitised.") }
        let expiry = answer.json["expires_at"]?.string.flatMap { Timestamp($0) }
        return .available([
            MediaLink(rendition: "audio", url: url, expiresAt: expiry, byteCount: answer.json["bytes"]?.integer)
        ])
    }
}
// snippet.end
