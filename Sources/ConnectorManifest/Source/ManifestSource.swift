import RawJSON
import RecordingKit

/// Reads one configured source as a manifest declares it.
struct ManifestSource: RecordingSource {
    let plan: SourcePlan
    let listing: ListingPlan
    let settings: Settings
    /// What the settings that are not secret stand for.
    let names: NameScope

    /// Makes a source.
    ///
    /// - Throws: `configuration_invalid` when no listing of the manifest is for these settings, or a setting whose elements it goes
    ///   through has none.
    init(_ plan: SourcePlan, descriptor: ConnectorDescriptor, settings: Settings) throws(TapedeckError) {
        var names = NameScope()
        for field in descriptor.settings.fields where !field.isSecret {
            if let value = settings[field.name] {
                names.bind("settings.\(field.name)", setting: value)
            }
        }
        let fitting = plan.listings.first { $0.condition?.holds(row: nil, names: names) ?? true }
        guard let fitting else {
            throw TapedeckError(
                .configurationInvalid,
                "The connector has no way to list recordings with these settings."
            )
        }
        for step in fitting.steps {
            guard case .setting(let name) = step.origin, settings.elements(name).isEmpty else { continue }
            throw TapedeckError(
                .configurationInvalid,
                "The setting \(name) is needed to list recordings with these settings, and holds nothing."
            )
        }
        self.plan = plan
        self.settings = settings
        self.names = names
        listing = fitting
    }

    /// Sends the request that the manifest has for this.
    func check(api: APIClient) async throws {
        do {
            _ = try await api.send(try plan.check.request(names))
        } catch let error as TapedeckError where plan.check.ignored.contains(error.code) {}
    }

    /// Goes through the steps and hands over what they lead to.
    func listings(in window: TimeWindow, api: APIClient, yield: (Listing) async throws -> Void) async throws {
        var finder = ListingFinder(self, api: api)
        try await finder.find(in: window, yield: yield)
    }

    /// Reads the recordings of one listing page by page.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when a row has no id or a value is not what the manifest
    ///   declares, and `window_clamped` when the answer covers less than was asked for; everything else is handed over first.
    func recordings(
        in listing: Listing,
        api: APIClient,
        yield: ([ListedRecording]) async throws -> Void
    ) async throws {
        var reading = RecordingReading(self, listing: listing, api: api)
        try await reading.read(yield: yield)
    }

    /// The names that requests about a recording know; what its context and parameters call the same goes before `more`.
    func names(about recording: Recording, knowing more: [(name: String, value: NameValue?)] = []) -> NameScope {
        var names = names
        for (name, value) in more { names.bind(name, value) }
        for entry in recording.context { names.bind("recording.\(entry.name)", .text(entry.value)) }
        for parameter in recording.parameters.sorted(by: { $0.key < $1.key }) {
            names.bind("recording.\(parameter.key)", .text(parameter.value))
        }
        names.bind("recording.id", .text(recording.id))
        return names
    }
}

extension NameScope {
    /// Lets the window's names stand for the ends that a request must name.
    mutating func bind(_ window: TimeWindow, _ rules: WindowRules) {
        let bounds = rules.bounds(of: window)
        bind("window.from", .time(bounds.first))
        bind("window.to", .time(bounds.last))
    }
}
