extension AuthenticationScheme {
    /// What is missing in `parsed` for the scheme to be used, or given beside what is used; empty when neither is.
    ///
    /// Settings that checking found a problem with are not reported a second time.
    package func problems(in parsed: ParsedSettings) -> [SettingProblem] {
        let reported = Set(parsed.problems.map { $0.path.joined(separator: ".") })
        if let used = configured(in: parsed) { return rivals(of: used, in: parsed, besides: reported) }
        guard case .firstConfigured(let schemes) = kind else {
            return missingSettings(in: parsed).filter { !reported.contains($0) }.map { setting in
                SettingProblem(
                    path: setting.settingPath,
                    message: "The setting \"\(setting)\" is missing.",
                    knownNames: []
                )
            }
        }
        let settings = schemes.flatMap(\.settings)
        guard reported.isDisjoint(with: settings), let first = settings.first else { return [] }
        let choices = schemes.map { $0.settings.joinedAsText }.joined(separator: ", or ")
        return [
            SettingProblem(
                path: first.settingPath,
                message: "The credentials are missing: give either \(choices).",
                knownNames: []
            )
        ]
    }

    /// The scheme to use with `parsed`: itself, or the first of several that is configured; nil when settings are missing.
    package func configured(in parsed: ParsedSettings) -> AuthenticationScheme? {
        guard case .firstConfigured(let schemes) = kind else {
            return missingSettings(in: parsed).isEmpty ? self : nil
        }
        return schemes.lazy.compactMap { $0.configured(in: parsed) }.first
    }

    /// The dotted paths of the settings that the scheme reads, in the order in which people are told of them.
    package var settings: [String] {
        switch kind {
        case .none: []
        case .headers(let fields), .query(let fields): fields.flatMap(\.value.names).unique
        case .bearer(let setting): [setting]
        case .basic(let user, let password): [user, password]
        case .refreshToken(let client, let refreshToken): (client.settings + [refreshToken]).unique
        case .clientCredentials(let client): client.settings
        case .hmac(let signing): signing.settings
        case .firstConfigured(let schemes): schemes.flatMap(\.settings)
        }
    }

    /// The names of the query's parameters that the scheme adds.
    package var queryNames: [String] {
        guard case .query(let parameters) = kind else { return [] }
        return parameters.map(\.name)
    }

    /// Credentials of another scheme than the one in use: which of the two are meant, only the operator knows.
    private func rivals(
        of used: AuthenticationScheme,
        in parsed: ParsedSettings,
        besides reported: Set<String>
    ) -> [SettingProblem] {
        guard case .firstConfigured(let schemes) = kind else { return [] }
        let rival = schemes.first { scheme in
            let others = scheme.settings.filter { !used.settings.contains($0) }
            return reported.isDisjoint(with: others) && others.contains { parsed.credential($0) != nil }
        }
        guard let rival, let first = rival.settings.first else { return [] }
        return [
            SettingProblem(
                path: Array(first.settingPath.prefix(1)),
                message: "Credentials are given in two ways: remove either \(used.outermostSettings.joinedAsText), or "
                    + "\(rival.outermostSettings.joinedAsText).",
                knownNames: []
            )
        ]
    }

    /// The outermost names of ``settings``, each once.
    private var outermostSettings: [String] {
        settings.compactMap { $0.settingPath.first }.unique
    }

    private func missingSettings(in parsed: ParsedSettings) -> [String] {
        settings.filter { parsed.credential($0) == nil }
    }
}

extension String {
    /// The names that a dotted path is made of.
    fileprivate var settingPath: [String] { split(separator: ".").map(String.init) }
}

extension [String] {
    /// The texts, each once, where it stands first.
    var unique: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

    /// `a`, `a and b`, or `a, b and c`.
    fileprivate var joinedAsText: String {
        guard count > 1, let last else { return first ?? "" }
        return "\(dropLast().joined(separator: ", ")) and \(last)"
    }
}
