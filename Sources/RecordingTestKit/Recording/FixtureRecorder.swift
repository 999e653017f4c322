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
    /// How much is read.
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
    ///   rejected, `connector_failed` when a credential would be left in the fixtures; `CancellationError`.
    public func record(key: StandInKey) async throws -> FixtureRecording {
        let now = clock.now.wholeSeconds
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
            clock: clock,
            ledger: ledger,
            readsMedia: includesMedia
        )
        .run()
        try Task.checkCancellation()
        if let failure = run.setupFailure { throw failure }
        let rejected = run.readings.lazy.compactMap { $0.failure as? TapedeckError }.first { $0.code == .unauthorized }
        if let rejected { throw rejected }
        return try fixtures(of: run, at: now, key)
    }

    private func fixtures(of run: ConnectorRun, at now: Timestamp, _ key: StandInKey) throws -> FixtureRecording {
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
        let exchanges = run.exchanges.filter { !$0.issuesTokens }.map { $0.recorded(below: baseURL) }
        anonymiser.learn(exchanges, settings: parsed.texts)
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
    /// The texts of answers that were kept as they were, by place: a JSON Pointer with `*` for positions.
    public let kept: [String: [String]]
}

/// A source's settings, and what of them may be shown.
private struct RecordedSettings {
    let secrets: [String]
    private let values: [String: SettingValue]
    private let secretPaths: Set<String>

    init(_ settings: [String: SettingValue], _ descriptor: ConnectorDescriptor) {
        let marked = descriptor.settings.rows.filter(\.isSecret).map(\.path)
        let paths = Set(marked).union(descriptor.authentication.settings)
        var found: [String] = []
        RecordedSettings.visit(settings, path: "") { path, text in
            if paths.contains(path) { found.append(text) }
        }
        values = settings
        secretPaths = paths
        secrets = found
    }

    /// The texts that are not credentials.
    var texts: [String] {
        var texts: [String] = []
        RecordedSettings.visit(values, path: "") { path, text in
            if !secretPaths.contains(path), path != "baseURL" { texts.append(text) }
        }
        return texts
    }

    /// The settings with made-up credentials, other texts as `replace` has them, and without the platform's address.
    func madeUp(_ replace: (String) -> String) -> [String: SettingValue] {
        var copy = values
        copy["baseURL"] = nil
        copy["allowInsecureHTTP"] = nil
        return RecordedSettings.replaced(copy, path: "") { path, text in
            guard secretPaths.contains(path) else { return replace(text) }
            return HTTPURL(text) == nil ? "made-up" : "https://made-up.example"
        }
    }

    private static func visit(
        _ members: [String: SettingValue],
        path: String,
        _ body: (_ path: String, _ text: String) -> Void
    ) {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { visit(value, path: path + name, body) }
    }

    private static func visit(_ value: SettingValue, path: String, _ body: (String, String) -> Void) {
        switch value {
        case .string(let text): body(path, text)
        case .list(let elements): for element in elements { visit(element, path: path + "[]", body) }
        case .object(let members): visit(members, path: path + ".", body)
        case .integer, .number, .boolean: break
        }
    }

    private static func replaced(
        _ members: [String: SettingValue],
        path: String,
        _ body: (_ path: String, _ text: String) -> String
    ) -> [String: SettingValue] {
        members.reduce(into: [:]) { $0[$1.key] = replaced($1.value, path: path + $1.key, body) }
    }

    private static func replaced(
        _ value: SettingValue,
        path: String,
        _ body: (String, String) -> String
    ) -> SettingValue {
        switch value {
        case .string(let text): .string(body(path, text))
        case .list(let elements): .list(elements.map { replaced($0, path: path + "[]", body) })
        case .object(let members): .object(replaced(members, path: path + ".", body))
        case .integer, .number, .boolean: value
        }
    }
}

extension Exchange {
    /// Whether it is about credentials alone (RFC 6749 §4 and §6), which a replay does without.
    fileprivate var issuesTokens: Bool {
        let asked = request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let answer = try? JSONDocument(parsing: response.body).root
        return asked.contains("grant_type=") || answer?["access_token"] != nil
    }

    fileprivate func recorded(below baseURL: HTTPURL) -> RecordedExchange {
        RecordedExchange(
            RecordedRequest(request, baseURL: baseURL),
            RecordedResponse(status: response.status, headers: response.headers, body: response.body)
        )
    }
}
