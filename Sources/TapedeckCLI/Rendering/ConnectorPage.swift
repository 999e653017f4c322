import RecordingKit

/// What a connector is and needs, for people.
struct ConnectorPage {
    let entry: ConnectorRegistry.Entry

    private var descriptor: ConnectorDescriptor { entry.descriptor }

    func lines(width: Int) -> [String] {
        var lines = ["\(descriptor.name) (\(descriptor.id))"]
        lines += TextWidth.wrapped(descriptor.summary, to: width)
        lines += TextWidth.wrapped("Made as: \(entry.origin.text).", to: width)
        lines += ["", "Reads: \(descriptor.produces.map(\.rawValue).joined(separator: ", "))"]
        lines += ["", "Settings:"] + settings(width: width)
        lines += ["", "Credentials: \(Self.text(of: descriptor.authentication))."]
        lines += TextWidth.wrapped(descriptor.credentialAdvice, to: width - 2).map { "  \($0)" }
        lines += ["", "Limits: \(limits)."]
        lines += TextWidth.wrapped("Ranges: \(windowRules).", to: width)
        if let mediaOffer = descriptor.media {
            lines += TextWidth.wrapped("Media: \(Self.text(of: mediaOffer)).", to: width)
        }
        return lines
    }

    private static func text(of offer: MediaOffer) -> String {
        switch offer.auditCost {
        case 0: "asking for a recording's files leaves nothing in the customer's audit trail"
        case 1: "asking for a recording's files leaves an entry in the customer's audit trail"
        default: "asking for a recording's files leaves \(offer.auditCost) entries in the customer's audit trail"
        }
    }

    private func settings(width: Int) -> [String] {
        var table = Table([
            .init(heading: "  NAME"), .init(heading: "TYPE"), .init(heading: "DEFAULT"),
            .init(heading: "MEANING", isShrinkable: true),
        ])
        var meanings: [(name: String, help: String)] = []
        for row in descriptor.settings.rows {
            let name = "  " + row.path + (row.isSecret ? " (secret)" : "")
            let help = row.help
            table.append([name, row.type, row.isRequired ? "required" : row.defaultText ?? "–", help])
            meanings.append((row.path, help))
        }
        let lines = table.lines(width: .max)
        if lines.allSatisfy({ TextWidth.columns(of: $0) <= width }) { return lines }
        return descriptor.settings.rows.flatMap { row in
            let need = row.isRequired ? ", required" : row.defaultText.map { ", default \($0)" } ?? ""
            let head = "  \(row.path): \(row.type)\(need)\(row.isSecret ? ", secret" : "")"
            return [head] + TextWidth.wrapped(row.help, to: width - 6).map { "      \($0)" }
        }
    }

    private var limits: String {
        let limits = descriptor.limits
        let rate = limits.requestsPerSecond.map { "\($0) requests a second" } ?? "the rate is found from the answers"
        let wait = DurationText.format(limits.maximumWait)
        return "\(limits.concurrency) requests at once, \(rate), waits of at most \(wait)"
    }

    private var windowRules: String {
        let rules = descriptor.windowRules
        guard rules.isFilteredByTime else {
            return
                "the platform cannot be asked for a range; everything is listed, and --since and --until change nothing"
        }
        let span = rules.longestSpan.map { "at most \(DurationText.format($0)) a request" } ?? "any length"
        let horizon = rules.horizon.map { ", nothing older than \(DurationText.format($0))" } ?? ""
        return span + horizon
    }

    /// How credentials are sent, and the settings that hold them.
    static func text(of scheme: AuthenticationScheme) -> String {
        switch scheme.kind {
        case .none: "none"
        case .headers(let fields): "header fields \(text(of: fields))"
        case .query(let parameters): "parameters of the query \(text(of: parameters))"
        case .bearer(let setting): "a bearer token (\(setting))"
        case .basic(let user, let password): "a user and a password (\(user), \(password))"
        case .refreshToken: "OAuth 2 with a refresh token (\(scheme.settings.joined(separator: ", ")))"
        case .clientCredentials: "OAuth 2 client credentials (\(scheme.settings.joined(separator: ", ")))"
        case .hmac: "each request signed with HMAC-SHA256 (\(scheme.settings.joined(separator: ", ")))"
        case .firstConfigured(let schemes): schemes.map { text(of: $0) }.joined(separator: ", or ")
        }
    }

    private static func text(of fields: [CredentialField]) -> String {
        fields.map { field in
            field.value.names.isEmpty ? field.name : "\(field.name) (\(field.value.names.joined(separator: ", ")))"
        }
        .joined(separator: ", ")
    }
}
