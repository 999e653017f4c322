// snippet.events
public import RecordingKit

extension TapeArchiveSource: AccessReporting {
    /// Reads who borrowed a tape.
    public func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws {
        let loans = APIRequest.get("/tapes/{tape}/loans", parameters: ["tape": recording.id])
        for try await page in api.pages(loans, paging: .single(items: "/loans")) {
            try await yield(page.items.map { Tape.event($0, of: recording.id) })
        }
    }
}
// snippet.end
