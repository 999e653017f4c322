import RawJSON
public import RecordingHost
public import RecordingKit

/// Reads a little of a platform through a connector and keeps what was said as fixtures, without credentials and personal data.
public struct FixtureRecorder: Sendable {
    private let entry: ConnectorRegistry.Entry
    private let settings: [String: SettingValue]
    private let transport: any HTTPTransport
    private let clock: any HostClock
    private let ledger: any Ledger

    /// Nothing before it is read; nil, the default, for all that the platform has.
    public var since: Timestamp?
    /// How much is read; whether links to files are is said by ``includesMedia`` alone.
    public var extent = ReadingExtent()
    /// Whether links to files are asked for, which may leave entries in the customer's audit trail; default false.
    public var includesMedia = false
    /// What the operator knows better about the answers' texts.
    public var rules = AnonymisationRules()
    /// What the fixtures say of where they come from; default empty.
    public var note = ""

    /// Prepares a recording; nothing is sent.
    ///
    /// - Parameters:
    ///   - entry: the connector as a registry holds it.
    ///   - settings: its settings as an operator writes them, secrets included.
    ///   - transport: sends the requests.
    ///   - ledger: serves and keeps tokens, and notes what is left in audit trails; the default forgets, which loses a refresh token
    ///     that the platform exchanges.
    ///   - clock: tells the time and waits; default the machine's.
    public init(
        _ entry: ConnectorRegistry.Entry,
        settings: [String: SettingValue],
        transport: any HTTPTransport,
        ledger: any Ledger = MemoryLedger(),
        clock: any HostClock = SystemClock()
    ) {
        self.entry = entry
        self.settings = settings
        self.transport = transport
        self.ledger = ledger
        self.clock = clock
    }

    /// Calls the connector's methods one after another, as the conformance checks will, and returns what was said.
    ///
    /// - Parameter key: makes the stand-ins; new for every recording and kept nowhere.
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when no source can be made, `unauthorized` when the credentials are
    ///   rejected, `connector_failed` when a credential, or what was replaced elsewhere, would be left in the fixtures; `CancellationError`.
    public func record(key: StandInKey) async throws -> FixtureRecording {
        let now = clock.now.wholeSeconds
        var extent = extent
        extent.media = includesMedia
        let subject = ConformanceSubject(
            entry,
            settings: settings,
            now: now,
            since: since,
            extent: extent,
            answeredBy: { [transport] in transport }
        )
        let run = await ConnectorDriver(
            subject: subject,
            authenticates: true,
            clock: StandingClock(now: now, base: clock),
            ledger: ledger
        )
        .run()
        try Task.checkCancellation()
        if let failure = run.setupFailure { throw failure }
        let rejected = run.readings.lazy.compactMap { $0.failure as? TapedeckError }.first { $0.code == .unauthorized }
        if let rejected { throw rejected }
        return try fixtures(of: run, at: now, extent, key)
    }

    private func fixtures(
        of run: ConnectorRun,
        at now: Timestamp,
        _ extent: ReadingExtent,
        _ key: StandInKey
    ) throws -> FixtureRecording {
        let descriptor = entry.descriptor
        let standard = descriptor.settings.parse([:]).settings.string("baseURL").flatMap { HTTPURL($0) }
        guard let baseURL = run.settings?.string("baseURL").flatMap({ HTTPURL($0) }), let publicURL = standard else {
            throw TapedeckError(.configurationInvalid, "The connector has no usable baseURL.")
        }
        let parsed = RecordedSettings(settings, descriptor)
        var anonymiser = Anonymiser(
            key,
            rules: rules,
            secrets: parsed.secrets,
            literals: Set(run.fetches.flatMap { $0.request.endpoint.split(separator: "/").map(String.init) }),
            baseURL: baseURL,
            publicURL: publicURL
        )
        let added = descriptor.authentication.queryNames
        let exchanges = run.exchanges.filter { !$0.issuesTokens }.map { $0.recorded(below: baseURL, without: added) }
        anonymiser.learn(exchanges, settings: parsed.texts, identities: parsed.identities)
        let fixtures = Fixtures(
            exchanges: exchanges.map { anonymiser.exchange($0) },
            settings: parsed.madeUp { anonymiser.sent($0) },
            now: now,
            since: since,
            extent: extent,
            note: note
        )
        for (name, bytes) in fixtures.files where anonymiser.holdsSecret(String(decoding: bytes, as: UTF8.self)) {
            throw TapedeckError(.connectorFailed, "A credential would be left in \(name); nothing is kept.")
        }
        for (name, bytes) in fixtures.files
        where ["exchanges.jsonl", "settings.json"].contains(name) && anonymiser.leavesSomething(in: bytes) {
            throw TapedeckError(
                .connectorFailed,
                "A text that was replaced in one place would be left in another in \(name); nothing is kept."
            )
        }
        for text in parsed.texts { anonymiser.noteSent(text, in: "settings") }
        return FixtureRecording(
            fixtures: fixtures,
            recordings: run.recordings.count,
            accessEvents: run.events.count,
            failures: run.readings.compactMap { reading in
                reading.failure.map { "\(reading.phase.name) ended with \(problem(of: $0))." }
            },
            kept: anonymiser.kept.mapValues { $0.sorted() }
        )
    }
}

/// Fixtures that were just recorded, and what their maker should look at before sharing them.
public struct FixtureRecording: Sendable {
    /// What was recorded.
    public let fixtures: Fixtures
    /// How many recordings the connector read.
    public let recordings: Int
    /// How many access events the connector read.
    public let accessEvents: Int
    /// What could not be read, one sentence each, without personal data.
    public let failures: [String]
    /// The texts and numbers that were kept as they were, by place: a JSON Pointer into answers with `*` for positions and keys, or words
    /// that name another place, such as `links`, `settings`, or `cursor in queries of requests`.
    public let kept: [String: [String]]
}

extension Exchange {
    /// Whether it is about credentials alone (RFC 6749 §4 and §6), which a replay does without.
    fileprivate var issuesTokens: Bool {
        let asked = request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let answer = try? JSONDocument(parsing: response.body).root
        return asked.contains("grant_type=") || answer?["access_token"] != nil
    }

    /// What is kept, without the parameters that the host adds to every query.
    fileprivate func recorded(below baseURL: HTTPURL, without added: Set<String>) -> RecordedExchange {
        var asked = RecordedRequest(request, baseURL: baseURL)
        asked.query.removeAll { added.contains($0.name) }
        return RecordedExchange(
            asked,
            RecordedResponse(status: response.status, headers: response.headers, body: response.body)
        )
    }
}

extension AuthenticationScheme {
    /// The parameters that the host adds to every query.
    fileprivate var queryNames: Set<String> {
        switch kind {
        case .query(let fields): Set(fields.map(\.name))
        case .firstConfigured(let schemes): schemes.reduce(into: []) { $0.formUnion($1.queryNames) }
        default: []
        }
    }
}
