import RecordingKit

/// Checks one configured source and puts together what reads it.
struct SourceAssembly: Sendable {
    let configuration: SourceConfiguration
    let descriptor: ConnectorDescriptor
    let parsed: ParsedSettings
    let source: any RecordingSource
    let limits: ConnectorLimits
    let baseURL: HTTPURL
    /// How its requests are authorised: as the descriptor says, or not at all where answers are played back.
    let authentication: AuthenticationScheme

    /// Checks a source.
    ///
    /// - Returns: the assembly, or nil with every problem found; paths begin below the source.
    static func check(
        _ configuration: SourceConfiguration,
        registry: ConnectorRegistry
    ) -> (assembly: SourceAssembly?, problems: [ConfigurationProblem]) {
        guard let entry = registry[configuration.connector] else {
            let known = registry.entries.map(\.descriptor.id)
            return (
                nil,
                [
                    ConfigurationProblem(
                        path: ["connector"],
                        // What was written there may have come from a variable that holds something else.
                        message: "Unknown connector; known are \(known.joined(separator: ", ")).",
                        knownNames: known
                    )
                ]
            )
        }
        return check(configuration, entry: entry, authenticates: true)
    }

    /// Checks a source of a connector.
    ///
    /// - Parameter authenticates: whether requests carry credentials; without them no credential needs to be usable, and plain http
    ///   gives nothing away.
    static func check(
        _ configuration: SourceConfiguration,
        entry: ConnectorRegistry.Entry,
        authenticates: Bool
    ) -> (assembly: SourceAssembly?, problems: [ConfigurationProblem]) {
        let descriptor = entry.descriptor
        let authentication = authenticates ? descriptor.authentication : .none
        var problems = readProblems(configuration.reads, descriptor) + limitProblems(configuration.limits)
        let parsed = descriptor.settings.parse(configuration.settings)
        let problemsFound = parsed.problems + (authenticates ? authentication.problems(in: parsed) : [])
        problems += problemsFound.map { problem in
            ConfigurationProblem(
                path: ["settings"] + problem.path,
                message: problem.message,
                knownNames: problem.knownNames
            )
        }
        problems += credentialProblems(authentication, parsed)
        guard problems.isEmpty, let baseURL = parsed.settings.string("baseURL").flatMap({ HTTPURL($0) }) else {
            return (nil, problems)
        }
        if authenticates, !baseURL.origin.isSecure, !baseURL.origin.isLoopback,
            !parsed.settings.boolean("allowInsecureHTTP")
        {
            let message =
                "Plain http goes only to this machine; use https, or set allowInsecureHTTP for a network that you trust."
            return (nil, [ConfigurationProblem(path: ["settings", "baseURL"], message: message)])
        }
        do {
            let assembly = SourceAssembly(
                configuration: configuration,
                descriptor: descriptor,
                parsed: parsed,
                source: try entry.makeSource(parsed.settings),
                limits: effectiveLimits(descriptor.limits, configuration.limits),
                baseURL: baseURL,
                authentication: authentication
            )
            return (assembly, [])
        } catch {
            let reason = (error as? TapedeckError)?.reason ?? "The connector refused the settings."
            return (nil, [ConfigurationProblem(path: ["settings"], message: reason)])
        }
    }

    /// The range that a run reads: what is wanted of what the platform still has.
    func window(_ request: SyncRequest, at now: Timestamp) -> TimeWindow {
        let earliest = descriptor.windowRules.earliestComplete(at: now)
        let from = [wantedStart(request), earliest].compactMap { $0 }.max() ?? Timestamp(secondsSince1970: 0)
        let to = min(request.until ?? now, now).wholeSeconds
        return TimeWindow(from: from, to: to)
    }

    /// The range that is wanted, whatever the platform still has and whatever the time is.
    func asked(_ request: SyncRequest) -> TimeWindow {
        TimeWindow(from: wantedStart(request)?.wholeSeconds ?? .earliest, to: request.until ?? .latest)
    }

    /// From when on recordings are wanted: by the request or the source's settings, whichever is later; nil for all that there are.
    private func wantedStart(_ request: SyncRequest) -> Timestamp? {
        let configured = descriptor.startSetting.flatMap { parsed.settings.timestamp($0) }
        return [request.since, configured].compactMap { $0 }.max()
    }

    /// How far back the platform goes, when more is wanted than it still has; else nil.
    func shortenedStart(_ request: SyncRequest, at now: Timestamp) -> Timestamp? {
        let rules = descriptor.windowRules
        guard rules.isFilteredByTime, let wanted = wantedStart(request), let earliest = rules.earliestComplete(at: now)
        else { return nil }
        return earliest > wanted ? earliest : nil
    }

    /// The ranges that the platform would be asked for; empty when it is not asked for ranges.
    func windows(_ request: SyncRequest, at now: Timestamp) -> [TimeWindow] {
        let rules = descriptor.windowRules
        return rules.isFilteredByTime ? rules.windows(covering: window(request, at: now), at: now) : []
    }

    /// A credential with a control character would end the header field or form that carries it.
    private static func credentialProblems(
        _ scheme: AuthenticationScheme,
        _ parsed: ParsedSettings
    ) -> [ConfigurationProblem] {
        scheme.settings.compactMap { setting in
            guard let value = parsed.credential(setting), value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                return nil
            }
            return ConfigurationProblem(
                path: ["settings"] + setting.split(separator: ".").map(String.init),
                message: "This holds a character that cannot be sent, such as a line break; check the variable or file."
            )
        }
    }

    private static func effectiveLimits(_ limits: ConnectorLimits, _ overrides: LimitOverrides) -> ConnectorLimits {
        ConnectorLimits(
            concurrency: overrides.concurrency ?? limits.concurrency,
            requestsPerSecond: overrides.requestsPerSecond ?? limits.requestsPerSecond,
            maximumWait: overrides.maximumWait ?? limits.maximumWait
        )
    }

    private static func readProblems(
        _ reads: [RecordKind],
        _ descriptor: ConnectorDescriptor
    ) -> [ConfigurationProblem] {
        let known = RecordKind.all.map(\.rawValue)
        return reads.enumerated().compactMap { index, kind in
            let path = ["read", String(index)]
            if !RecordKind.all.contains(kind) {
                return ConfigurationProblem(
                    path: path,
                    message: "Unknown kind of record \"\(kind)\"; known are \(known.joined(separator: ", ")).",
                    knownNames: known
                )
            }
            return nil
        }
    }

    private static func limitProblems(_ limits: LimitOverrides) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if let concurrency = limits.concurrency, !(1...256).contains(concurrency) {
            problems.append(
                ConfigurationProblem(
                    path: ["limits", "concurrency"],
                    message: "Expected a whole number from 1 to 256."
                )
            )
        }
        if let rate = limits.requestsPerSecond, !(rate.isFinite && rate > 0) {
            problems.append(
                ConfigurationProblem(path: ["limits", "requestsPerSecond"], message: "Expected a number above 0.")
            )
        }
        if let wait = limits.maximumWait, wait < .zero {
            problems.append(
                ConfigurationProblem(path: ["limits", "maxWait"], message: "Expected a duration such as \"15m\".")
            )
        }
        return problems
    }
}
