/// A source whose platform hands out the recordings' bytes; ``ConnectorDescriptor/media`` says what asking costs.
public protocol MediaProviding: RecordingSource {
    /// Asks for links to one recording's renditions.
    ///
    /// Called concurrently for different recordings, when a transfer can begin at once, because links live only minutes or
    /// hours; called again for the same recording when a link died before its last byte. A platform that answers "not ready",
    /// "not allowed" or "no longer there" is an answer that is returned; what is thrown counts as a failure that passes.
    ///
    /// - Parameters:
    ///   - recording: what a listing returned: id, times, status, host's e-mail, site, context and parameters are sure; the title
    ///     and the platform's own object are absent.
    ///   - api: the only way out.
    func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability
}
