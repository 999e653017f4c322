/// What the simulated Kismet organization holds and how it behaves.
package struct KismetPlan: Sendable {
    package var clientID: String
    package var clientSecret: String
    /// Organization users; their ids are 101, 102, ….
    package var users: Int
    /// Calls over all users; their ids are 1, 2, ….
    package var calls: Int
    /// The most egresses that one call has.
    package var egressesPerCall: Int
    /// The most `read` rows that an ordinary egress starts with.
    ///
    /// The egresses of one call in twelve start with 60, which is three default pages.
    package var readsPerEgress: Int
    /// Days before the anchor over which calls are spread.
    package var spanDays: Int
    /// Every n-th call is listed under a second user as well; 0 turns that off.
    package var sharedCallEvery: Int
    /// Users that are listed but answer 404, by position from 0.
    package var unreachableUsers: Set<Int>
    /// Calls that are listed but answer 404 with everything under them, by position from 0.
    package var unreachableCalls: Set<Int>
    /// When set, a `read` row is added to an egress once, right after this page of its audit log was served.
    package var pageShiftAfterPage: Int?
    /// Unusual calls and egresses (no consent, not ended, failed, unknown status); without them all are plain.
    package var hasOddities: Bool

    package init(
        clientID: String = "kismet-client",
        clientSecret: String = "kismet-secret",
        users: Int = 4,
        calls: Int = 30,
        egressesPerCall: Int = 3,
        readsPerEgress: Int = 4,
        spanDays: Int = 200,
        sharedCallEvery: Int = 7,
        unreachableUsers: Set<Int> = [],
        unreachableCalls: Set<Int> = [],
        pageShiftAfterPage: Int? = nil,
        hasOddities: Bool = true
    ) {
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.users = users
        self.calls = calls
        self.egressesPerCall = egressesPerCall
        self.readsPerEgress = readsPerEgress
        self.spanDays = spanDays
        self.sharedCallEvery = sharedCallEvery
        self.unreachableUsers = unreachableUsers
        self.unreachableCalls = unreachableCalls
        self.pageShiftAfterPage = pageShiftAfterPage
        self.hasOddities = hasOddities
    }
}
