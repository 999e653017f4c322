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
