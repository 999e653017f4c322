/// A source whose platform tells who accessed a recording.
public protocol AccessReporting: RecordingSource {
    /// Reads who accessed one recording and hands the events over in pages.
    ///
    /// Called concurrently for different recordings, and only for those whose ``ListedRecording/accessRevision`` changed.
    /// Returning means that everything from `since` on was read. Events that were handed over before may be handed over again.
    ///
    /// - Parameters:
    ///   - recording: what a listing returned; only its id, context and parameters are sure, because a reading that was cut goes
    ///     on with what was remembered of it.
    ///   - since: the time of the newest event that the host already holds, when an earlier reading was complete; else nil.
    ///     A platform that filters by time may be asked from here on, with whatever overlap its rules need.
    ///   - api: the only way out.
    ///   - yield: takes a page of events.
    func accessEvents(
        of recording: Recording,
        since: Timestamp?,
        api: APIClient,
        yield: ([AccessEvent]) async throws -> Void
    ) async throws
}
