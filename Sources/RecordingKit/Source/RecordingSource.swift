/// Reads one configured source: knows one recording platform, and leaves everything that is the same for all platforms to the host.
///
/// A connector that is compiled in conforms to ``Connector`` too; one that is declared in a manifest or runs as a program of its
/// own becomes a source at run time.
///
/// A conforming type is pure but for what it sends through the ``APIClient``: it never sleeps, retries, reads a clock or the
/// environment, sees a credential, opens a socket or logs a body. The host makes one value for each configured source, calls
/// its methods concurrently from several tasks, and cancels by cancelling those tasks: a method that only awaits the client
/// and `yield` needs to do nothing for that.
///
/// Returning from a method means "that is all there is". Throwing means "this part could not be read": the host records it
/// as incomplete with the error's code and goes on with the rest. Failures of the network, rate limits, rejected credentials
/// and malformed answers are thrown by the client and should be let through.
public protocol RecordingSource: Sendable {
    /// Sends one cheap request that fails when the source cannot be read with these settings and credentials.
    func check(api: APIClient) async throws

    /// Finds the parts that can be read one by one, and hands each to `yield` as soon as it is known.
    ///
    /// Called once a run. `yield` waits while enough listings are being read already.
    ///
    /// - Parameters:
    ///   - window: the range that the run wants; already inside the descriptor's horizon.
    ///   - api: the only way out.
    ///   - yield: takes one listing; what it throws must be let through.
    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws

    /// Reads one listing and hands it over in pages.
    ///
    /// Called concurrently for different listings. `yield` returns when the page is taken over, so at most one page a listing
    /// waits in memory. Hand over what a page gave before asking for the next one: a listing that is cut continues at the page
    /// after the last one that was handed over, and the pages before it are not asked for again.
    ///
    /// - Parameters:
    ///   - listing: one that this connector found in this run or in an earlier one; where it has a range, exactly that range is
    ///     to be asked for, which may be shorter than the one that was found.
    ///   - api: the only way out.
    ///   - yield: takes what one page gave; what it throws must be let through.
    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws
}
