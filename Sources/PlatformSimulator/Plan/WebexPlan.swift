/// One Webex site.
package struct WebexSite: Sendable, Equatable {
    /// The name that the list of sites gives and requests carry.
    package var name: String
    /// The name that recordings carry, which may be another one, as in the documentation's sample.
    ///
    /// Requests may carry it as well.
    package var recordingName: String
    package var recordings: Int

    package init(name: String, recordingName: String? = nil, recordings: Int) {
        self.name = name
        self.recordingName = recordingName ?? name
        self.recordings = recordings
    }
}

/// What the simulated Webex organization holds and how it behaves.
package struct WebexPlan: Sendable {
    /// The sites; the first is the preferred one.
    package var sites: [WebexSite]
    /// Different hosts a site; the first is the owner of the token on every site.
    package var hosts: Int
    /// Days before the anchor over which recordings are spread; at most 364 stay within the platform's horizon.
    package var spanDays: Int
    /// The most access rows of an ordinary recording.
    ///
    /// One recording in 97 has 130, which is more than the largest page.
    package var accessRowsPerRecording: Int
    /// Three recordings in eight share a start and a topic; some starts fall on midnight UTC.
    ///
    /// Off means one start each.
    package var hasTies: Bool
    /// Access rows come twice, without a name or e-mail, and with both flags.
    package var hasOddRows: Bool
    /// `accessDetail` answers 404 for a recording of another host unless `hostEmail` names that host.
    package var detailNeedsHostEmail: Bool
    package var authorization: WebexAuthorizationPlan
    package var quirks: WebexQuirks

    package init(
        sites: [WebexSite] = [
            WebexSite(name: "example.webex.com", recordingName: "site4-example.webex.com", recordings: 60),
            WebexSite(name: "emea.example.webex.com", recordings: 30),
        ],
        hosts: Int = 5,
        spanDays: Int = 360,
        accessRowsPerRecording: Int = 5,
        hasTies: Bool = true,
        hasOddRows: Bool = true,
        detailNeedsHostEmail: Bool = true,
        authorization: WebexAuthorizationPlan = WebexAuthorizationPlan(),
        quirks: WebexQuirks = WebexQuirks()
    ) {
        self.sites = sites
        self.hosts = hosts
        self.spanDays = spanDays
        self.accessRowsPerRecording = accessRowsPerRecording
        self.hasTies = hasTies
        self.hasOddRows = hasOddRows
        self.detailNeedsHostEmail = detailNeedsHostEmail
        self.authorization = authorization
        self.quirks = quirks
    }
}
