import JSON5
import RecordingKit

/// A manifest that was read: what the connector is, and how its source is read.
struct ManifestModel: Sendable {
    let descriptor: ConnectorDescriptor
    let version: String?
    let plan: SourcePlan

    /// Reads a manifest and notes every problem.
    ///
    /// - Returns: nil when something is wrong, which the log then holds.
    init?(_ root: ManifestPlace, log: ProblemLog) {
        ShapeChecker(log: log).check(root, as: .object("manifest"))
        let reader = ManifestReader(log: log)
        let fields = reader.settings(root.member("settings"))
        let settings = DeclaredSettings(fields)
        let additions = reader.additions(root.member("everyRequest"), settings.names)
        let around = ManifestReader.Surroundings(
            settings: settings,
            names: settings.names,
            additions: additions,
            hasWindows: root.member("windows") != nil
        )
        let plan = reader.plan(root, around)
        let descriptor = reader.descriptor(root, fields, plan, settings)
        guard log.isEmpty, let plan, let descriptor else { return nil }
        self.plan = plan
        self.descriptor = descriptor
        version = root.member("version")?.text
    }
}

extension ManifestReader {
    fileprivate func plan(_ root: ManifestPlace, _ around: Surroundings) -> SourcePlan? {
        let check = request(root.member("check"), around.names, adding: around.additions)
        let listings = listings(root.member("listings"), around)
        let bound = Set(listings.flatMap(\.steps).flatMap(\.bind).map(\.name))
        guard let place = root.member("recordings") else { return nil }
        var recordings = recordings(place, bound, around)
        let about = recordingNames(place, bound)
        let rowNames = around.listingNames.adding(bound).adding(place.member("bind")?.members.map(\.name) ?? [])
        recordings?.accessSummary = accessSummary(
            place.member("accessSummary"),
            rowNames: rowNames,
            recording: about,
            around
        )
        let events = accessEvents(root.member("accessEvents"), recording: about, around)
        let media = media(root.member("media"), recording: about, around)
        let rules = windowRules(root.member("windows"))
        checkWindowUse(root, listings, recordings)
        checkKeys(root.member("listings"), listings, recordings)
        guard let check, var recordings else { return nil }
        recordings.parameters =
            bound.sorted().filter { name in !recordings.parameters.contains { $0.name == name } }
            .compactMap { name in ValueExpression.name(name).map { Binding(name: name, value: $0) } }
            + recordings.parameters
        var plan = SourcePlan(
            check: check,
            listings: listings,
            recordings: recordings,
            windowRules: rules,
            platform: ""
        )
        plan.listings = listings.map { listing in
            var listing = listing
            let used = listing.requests.flatMap(\.names) + recordings.rows.request.names
            listing.needed.formUnion(listing.boundNames.intersection(used))
            return listing
        }
        plan.accessEvents = events
        plan.media = media
        plan.platform = root.member("name")?.text ?? ""
        plan.startSetting = startSetting(root.member("startSetting"), around.settings)
        return plan
    }

    /// The names under which requests about a recording know what is kept of it.
    private func recordingNames(_ place: ManifestPlace, _ bound: Set<String>) -> Set<String> {
        let kept = ["context", "parameters"].flatMap { place.member($0)?.members.map(\.name) ?? [] }
        return Set(["recording.id"] + (kept + bound).map { "recording.\($0)" })
    }

    /// Notes keys that leave out what tells the recordings of one part from those of another.
    private func checkKeys(_ place: ManifestPlace?, _ listings: [ListingPlan], _ recordings: RecordingsPlan?) {
        guard let place, let recordings else { return }
        for (entry, listing) in zip(place.elements, listings) {
            guard let key = listing.key, let member = entry.member("key") else { continue }
            for name in listing.boundNames.intersection(recordings.tellingNames).subtracting(key.names).sorted() {
                log.add("parts with another \"\(name)\" hold other recordings, so the key must have it", at: member)
            }
        }
    }

    /// Notes windows that no request asks for.
    private func checkWindowUse(_ root: ManifestPlace, _ listings: [ListingPlan], _ recordings: RecordingsPlan?) {
        guard let windows = root.member("windows"), let recordings else { return }
        let inRecordings = recordings.rows.request.names.contains { $0.hasPrefix("window.") }
        let inSteps = listings.contains(where: \.stepsUseWindow)
        if !inRecordings, !inSteps {
            log.add("no request uses \"window.from\", so every window would be answered with everything", at: windows)
        }
        for (index, listing) in listings.enumerated() where inRecordings && !listing.isByWindow {
            guard let place = root.member("listings")?.elements[index] else { continue }
            log.add(
                "the request for recordings uses \"window.…\", which is absent unless \"byWindow\" is true",
                at: place
            )
        }
    }

    fileprivate func descriptor(
        _ root: ManifestPlace,
        _ fields: [SettingField],
        _ plan: SourcePlan?,
        _ settings: DeclaredSettings
    ) -> ConnectorDescriptor? {
        let authentication = authentication(root.member("authentication"), settings)
        let limits = limits(root.member("limits"))
        let rules = responseRules(root.member("responses"))
        let completeness = completeness(root.member("completeness"))
        guard let plan, let authentication, let id = root.member("id")?.text, let name = root.member("name")?.text,
            let summary = root.member("summary")?.text, let baseURL = root.member("baseURL")?.text
        else { return nil }
        if let place = root.member("authentication"), log.isEmptyWithin(place) {
            checkSecrets(root.member("settings"), authentication, settings)
        }
        var kinds = [RecordKind.recordings]
        if plan.recordings.accessSummary != nil { kinds.append(.accessSummaries) }
        if !plan.accessEvents.isEmpty { kinds.append(.accessEvents) }
        if plan.media != nil { kinds.append(.media) }
        return ConnectorDescriptor(
            id: id,
            name: name,
            summary: summary,
            baseURL: baseURL,
            authentication: authentication,
            settings: fields,
            produces: kinds,
            credentialAdvice: root.member("credentialAdvice")?.text
                ?? "Check the credentials in the source's settings.",
            limits: limits,
            windowRules: plan.windowRules,
            startSetting: plan.startSetting,
            responseRules: rules,
            rateSignals: rateSignals(root.member("rateSignals")),
            credentialOrigins: (root.member("credentialOrigins")?.elements ?? []).compactMap {
                $0.text.flatMap { OriginPattern($0) }
            },
            requestIDHeader: root.member("requestIDHeader")?.text,
            media: plan.media?.offer,
            completeness: completeness,
            withheld: withheld(root)
        )
    }

    /// What is taken out of recordings and access events, each path once.
    private func withheld(_ root: ManifestPlace) -> [String] {
        let places = [root.member("recordings")] + (root.member("accessEvents")?.elements ?? [])
        let paths = places.flatMap { $0?.member("withhold")?.elements ?? [] }.compactMap(\.text)
        return paths.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Notes secrets that nothing reads, and credentials of which none is secret.
    private func checkSecrets(_ place: ManifestPlace?, _ scheme: AuthenticationScheme, _ settings: DeclaredSettings) {
        guard let place else { return }
        let read = Set(scheme.settings)
        for (name, entry) in settings.entries.sorted(by: { $0.key < $1.key })
        where entry.isSecret && !read.contains(name) {
            log.add("the secret \"\(name)\" is read by nothing: only authentication may read it", at: place)
        }
        if !read.isEmpty, !read.contains(where: { settings.entries[$0]?.isSecret == true }) {
            log.add("none of the settings that authentication reads is \"secret\"", at: place)
        }
    }
}

extension ValueExpression {
    /// What a name stands for.
    static func name(_ name: String) -> ValueExpression? { try? ValueExpression("{\(name)}") }
}
