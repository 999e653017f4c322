/// Deviations from the documentation that users of Webex have reported, each off unless asked for.
package struct WebexQuirks: Sendable {
    /// The next link holds the cursor and `max` alone.
    ///
    /// Followed as it is, the list widens to the whole horizon.
    package var nextDropsParameters = false
    /// The next link says `max=null`.
    package var nextHasNullMax = false
    /// The next link begins with `https,` before the real URL.
    package var nextHasPrefix = false
    /// Every n-th page of a listing (from the n-th on) is empty but has a next link; nothing is lost by following it.
    package var emptyPageEvery: Int?
    /// Every page also carries a `Link` header without a next relation, before the real one.
    package var sendsOtherLinkFirst = false
    /// Relations `first` and `next` come in one field, `next` last.
    package var sendsSeveralRelations = false
    /// `rel=next` without quotation marks.
    package var relationIsUnquoted = false
    /// The next link carries a parameter without a value, as in the documentation's sample (`&before&after=…`).
    package var nextHasValuelessParameter = false
    /// A space in `from` and `to` is read as the plus sign that it was.
    package var acceptsRawPlus = false
    /// `max` above 100 is read as 100 in place of being refused.
    package var clampsMax = false
    /// A page of summaries holds at most this many rows, whatever `max` asks for.
    package var largestSummaryPage: Int?

    package init() {}
}
