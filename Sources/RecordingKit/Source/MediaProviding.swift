/// A connector whose platform hands out the recordings' bytes.
public protocol MediaProviding: RecordingSource {
    /// What asking for the media of one recording costs, and what is reported where there is none.
    static var mediaOffer: MediaOffer { get }

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

/// What a platform says about its media as a whole.
public struct MediaOffer: Sendable, Hashable {
    /// The rendition that every recording has, under which an outcome without a file is reported; default `video`.
    public var mainRendition: String
    /// How many entries asking for one recording's links leaves in the customer's audit trail; default 0.
    public var auditCost: Int

    /// For how long after a recording's time more renditions of it may appear, such as a transcript; default none.
    ///
    /// The host asks again once a day for so long, but only where asking costs nothing.
    public var moreRenditionsWithin: Duration

    /// Describes an offer.
    public init(mainRendition: String = "video", auditCost: Int = 0, moreRenditionsWithin: Duration = .zero) {
        self.mainRendition = mainRendition
        self.moreRenditionsWithin = moreRenditionsWithin
        self.auditCost = max(0, auditCost)
    }
}

extension MediaProviding {
    /// Asking costs nothing, and every recording has a `video`.
    public static var mediaOffer: MediaOffer { MediaOffer() }
}
