import JSON5
import RecordingKit

extension ManifestReader {
    /// Reads how credentials are sent, and holds the settings that it reads against those that are declared.
    func authentication(_ place: ManifestPlace?, _ settings: DeclaredSettings) -> AuthenticationScheme? {
        guard let place else { return nil }
        if place.text == "none" { return AuthenticationScheme.none }
        if let bearer = place.member("bearer") { return setting(bearer, settings).map { .bearer(setting: $0) } }
        if let basic = place.member("basic") {
            guard let user = setting(basic.member("user"), settings),
                let password = setting(basic.member("password"), settings)
            else { return nil }
            return .basic(user: user, password: password)
        }
        if let headers = place.member("headers") { return self.headers(headers, settings) }
        if let client = place.member("oauthRefreshToken") {
            guard let token = setting(client.member("refreshToken"), settings), let oauth = oauth(client, settings)
            else {
                return nil
            }
            return .oauthRefreshToken(oauth, refreshToken: token)
        }
        if let client = place.member("oauthClientCredentials") {
            return oauth(client, settings).map { .oauthClientCredentials($0, scope: client.member("scope")?.text) }
        }
        if let choices = place.member("firstConfigured") {
            return .firstConfigured(choices.elements.compactMap { authentication($0, settings) })
        }
        return nil
    }

    private func headers(_ place: ManifestPlace, _ settings: DeclaredSettings) -> AuthenticationScheme? {
        let fields = place.members.compactMap { member -> (name: String, setting: String)? in
            if let complaint = TextForm.headerName.complaint(about: member.name) {
                log.add(complaint, at: member.place)
            }
            guard let template = credential(member.place, settings), let name = template.soleName else { return nil }
            return (name: member.name, setting: name)
        }
        return .headers(fields)
    }

    private func oauth(_ place: ManifestPlace, _ settings: DeclaredSettings) -> OAuthSettings? {
        guard let endpoint = place.member("tokenEndpoint")?.text,
            let id = setting(place.member("clientID"), settings),
            let secret = setting(place.member("clientSecret"), settings)
        else { return nil }
        return OAuthSettings(tokenEndpoint: endpoint, clientID: id, clientSecret: secret)
    }

    /// Reads a template over settings, which are named without `settings.` here.
    private func credential(_ place: ManifestPlace, _ settings: DeclaredSettings) -> TextTemplate? {
        guard let text = place.text else { return nil }
        guard let template = attempt(place, { () throws(ValueProblem) in try TextTemplate(text) }) else { return nil }
        for name in template.names { checkSetting(name, at: place, settings) }
        if template.names.isEmpty { log.add("a credential has a setting in it, such as \"{apiKey}\"", at: place) }
        return template
    }

    /// Reads the name of a setting.
    private func setting(_ place: ManifestPlace?, _ settings: DeclaredSettings) -> String? {
        guard let place, let name = place.text else { return nil }
        checkSetting(name, at: place, settings)
        return name
    }

    private func checkSetting(_ name: String, at place: ManifestPlace, _ settings: DeclaredSettings) {
        guard let entry = settings.entries[name] else {
            let known = settings.entries.keys.sorted()
            let plain = name.hasPrefix("settings.") ? String(name.dropFirst("settings.".count)) : name
            let suggestion = known.contains(plain) ? plain : nearestName(to: plain, among: known)
            let list = known.isEmpty ? "none is" : "declared are \(known.joined(separator: ", "))"
            return log.add(
                "the setting \"\(name.shownShort)\" is not declared; \(list)",
                at: place,
                suggestion: suggestion
            )
        }
        switch entry.type {
        case .string, .url, .identifier, .choice: break
        default: log.add("the setting \"\(name)\" is no text, so it is no part of a credential", at: place)
        }
    }
}
