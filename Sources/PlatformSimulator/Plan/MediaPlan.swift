/// What the media origin serves, and how it misbehaves.
package struct MediaPlan: Sendable {
    /// The lengths of the main files in bytes; each file's is chosen by the seed.
    package var lengths: ClosedRange<Int>
    /// Every n-th Webex recording has an audio file, an eighth as long as the main one; 0 means none.
    package var audioEvery: Int
    /// Every n-th Webex recording has a transcript of some kilobytes; 0 means none.
    package var transcriptEvery: Int
    /// How long a link of Kismet works, in seconds.
    package var kismetLinkSeconds: Int
    /// How long a link of Webex works, in seconds.
    package var webexLinkSeconds: Int
    /// Recordings whose files cannot be had, or not yet; the first rule that matches a recording counts.
    package var states: [MediaStateRule]
    /// Faults of the media origin; all rules that match a request add up.
    package var faults: [MediaFaultRule]

    package init(
        lengths: ClosedRange<Int> = 2_000...60_000,
        audioEvery: Int = 2,
        transcriptEvery: Int = 3,
        kismetLinkSeconds: Int = 900,
        webexLinkSeconds: Int = 10_800,
        states: [MediaStateRule] = [],
        faults: [MediaFaultRule] = []
    ) {
        self.lengths = lengths
        self.audioEvery = audioEvery
        self.transcriptEvery = transcriptEvery
        self.kismetLinkSeconds = kismetLinkSeconds
        self.webexLinkSeconds = webexLinkSeconds
        self.states = states
        self.faults = faults
    }
}

/// Which recordings are in a state other than "there".
package struct MediaStateRule: Sendable {
    package var target: MediaTarget
    package var state: MediaState

    package init(_ state: MediaState, on target: MediaTarget) {
        self.target = target
        self.state = state
    }
}

/// What stands between a client and a recording's files.
///
/// Times count from when the simulator was made, by its clock.
package enum MediaState: Sendable, Equatable {
    /// Nothing.
    case available
    /// Webex: details without links ("Prevent downloading"). Kismet: *show* answers 403.
    case preventsDownloading
    /// The credentials may not: both platforms answer 403.
    case forbidden
    /// Webex: 423 until then. Kismet: *show* without a link until then.
    case scanned(afterSeconds: Int)
    /// Webex: 404 until then. Kismet: *show* without a link until then.
    case late(afterSeconds: Int)
    /// Webex: 428. Kismet: *show* answers 403.
    case needsConfirmation
    /// Webex: details say `deleted` and have no links. Kismet: *show* answers 404.
    case deleted
    /// Both platforms answer 410.
    case purged
}
