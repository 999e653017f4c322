import RecordingKit

/// Everything that a manifest says about reading a source, taken apart once.
struct SourcePlan: Sendable {
    var check: RequestPlan
    var listings: [ListingPlan]
    var recordings: RecordingsPlan
    var accessEvents: [EventsPlan] = []
    var media: MediaPlan?
    var windowRules: WindowRules
    var startSetting: String?
    /// The platform's name, for messages.
    var platform: String
}

/// How the parts of a source are found.
struct ListingPlan: Sendable {
    var condition: Condition?
    var steps: [StepPlan] = []
    var isByWindow: Bool
    var key: TextTemplate?
    var label: TextTemplate?
    var settlesAt: ValueExpression?
    /// The bound names without which a part cannot be read.
    var needed: Set<String> = []

    /// The names that steps bind.
    var boundNames: Set<String> { Set(steps.flatMap(\.bind).map(\.name)) }

    /// The requests that finding the parts takes.
    var requests: [RequestPlan] {
        steps.compactMap { step in
            guard case .rows(let rows) = step.origin else { return nil }
            return rows.request
        }
    }

    /// Whether the steps themselves ask for a range of time.
    var stepsUseWindow: Bool { requests.contains { $0.names.contains { $0.hasPrefix("window.") } } }

    /// Whether finding the parts takes requests.
    var asks: Bool { !requests.isEmpty }
}

/// One level on the way to a listing.
struct StepPlan: Sendable {
    enum Origin: Sendable {
        case rows(RowsPlan)
        /// The elements of a setting, by its name without `settings.`.
        case setting(String)
        case values([NameValue])
    }

    var origin: Origin
    var condition: Condition?
    var bind: [Binding] = []

    /// Whether the manifest itself names the values.
    var isFixed: Bool {
        guard case .values = origin else { return false }
        return true
    }
}

/// A name and what it stands for.
struct Binding: Sendable {
    let name: String
    let value: ValueExpression

    /// Whether its name, or where its value comes from, says that it is an id.
    var isID: Bool {
        if Binding.namesID(name) { return true }
        guard case .path(let path, _) = value, let last = "\(path)".split(separator: "/").last else { return false }
        return Binding.namesID(String(last))
    }

    private static func namesID(_ word: String) -> Bool {
        let lowercased = word.lowercased()
        if lowercased.contains("mail") { return false }
        return ["id", "uuid", "guid", "sid"].contains(lowercased)
            || ["_id", "-id", "Id", "ID", "uuid", "Uuid", "UUID"].contains { word.hasSuffix($0) }
    }
}
