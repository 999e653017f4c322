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
        if let headers = place.member("headers") {
            checkHeaderNames(headers)
            return .headers(fields(headers, settings))
        }
        if let query = place.member("query") { return .query(fields(query, settings)) }
        if let client = place.member("oauthRefreshToken") {
            guard let token = setting(client.member("refreshToken"), settings), let oauth = oauth(client, settings)
            else {
                return nil
            }
            return .oauthRefreshToken(oauth, refreshToken: token)
        }
        if let client = place.member("oauthClientCredentials") {
            return oauth(client, settings).map { .oauthClientCredentials($0) }
        }
        if let signing = place.member("hmac") { return self.signing(signing, settings).map { .hmac($0) } }
        if let choices = place.member("firstConfigured") {
            return .firstConfigured(choices.elements.compactMap { authentication($0, settings) })
        }
        return nil
    }

    private func fields(
        _ place: ManifestPlace?,
        _ settings: DeclaredSettings,
        besides names: [String] = [],
        mayBeFixed: Bool = false
    ) -> [CredentialField] {
        (place?.members ?? []).compactMap { member in
            credential(member.place, settings, besides: names, mayBeFixed: mayBeFixed).map {
                CredentialField(member.name, $0)
            }
        }
    }

    private func oauth(_ place: ManifestPlace, _ settings: DeclaredSettings) -> OAuthSettings? {
        let id = setting(place.member("clientID"), settings)
        let secret = setting(place.member("clientSecret"), settings)
        let parameters = fields(place.member("parameters"), settings, mayBeFixed: true)
        guard let endpoint = place.member("tokenEndpoint"), let address = endpoint.text, let id, let secret else {
            return nil
        }
        if !address.hasPrefix("/"), HTTPURL(address) == nil {
            log.add(
                "found \"\(address.shownShort)\", expected an absolute URL or a path that begins with \"/\"",
                at: endpoint
            )
        }
        return OAuthSettings(
            tokenEndpoint: address,
            clientID: id,
            clientSecret: secret,
            grantType: place.member("grantType")?.text,
            scope: place.member("scope")?.text,
            parameters: parameters,
            clientAuthentication: place.member("clientAuthentication")?.text == "basic" ? .basic : .body
        )
    }

    private func signing(_ place: ManifestPlace, _ settings: DeclaredSettings) -> HMACSettings? {
        let key = setting(place.member("key"), settings)
        let message = place.member("message").flatMap {
            credential($0, settings, besides: HMACSettings.requestNames, mayBeFixed: true)
        }
        let names = HMACSettings.requestNames + [HMACSettings.signatureName]
        let fields = fields(place.member("fields"), settings, besides: names, mayBeFixed: true)
        if let place = place.member("fields") {
            checkHeaderNames(place)
            if !fields.contains(where: { $0.value.names.contains(HMACSettings.signatureName) }) {
                log.add("no header field carries \"{\(HMACSettings.signatureName)}\"", at: place)
            }
        }
        guard let key, let message else { return nil }
        return HMACSettings(
            key: key,
            keyEncoding: place.member("keyEncoding")?.text.flatMap(HMACSettings.Encoding.init(rawValue:)),
            message: message,
            fields: fields,
            encoding: place.member("encoding")?.text.flatMap(HMACSettings.Encoding.init(rawValue:)) ?? .hex,
            timestamp: place.member("timestamp")?.text.flatMap(HMACSettings.TimestampForm.init(rawValue:))
                ?? .unixSeconds
        )
    }

    private func checkHeaderNames(_ place: ManifestPlace) {
        for member in place.members {
            if let complaint = TextForm.headerName.complaint(about: member.name) {
                log.add(complaint, at: member.place)
            }
        }
    }

    /// Reads a template over settings, which are named without `settings.` here.
    private func credential(
        _ place: ManifestPlace,
        _ settings: DeclaredSettings,
        besides names: [String],
        mayBeFixed: Bool
    ) -> CredentialTemplate? {
        guard let text = place.text else { return nil }
        guard let template = try? CredentialTemplate(parsing: text) else {
            log.add(
                "a brace is around the name of a setting; one that is meant as such is written \"{{\" or \"}}\"",
                at: place
            )
            return nil
        }
        for name in template.names where !names.contains(name) {
            checkSetting(name, at: place, settings, besides: names)
        }
        if template.names.isEmpty, !mayBeFixed {
            log.add("a credential has a setting in it, such as \"{apiKey}\"", at: place)
        }
        return template
    }

    /// Reads the name of a setting.
    private func setting(_ place: ManifestPlace?, _ settings: DeclaredSettings) -> String? {
        guard let place, let name = place.text else { return nil }
        checkSetting(name, at: place, settings)
        return name
    }

    private func checkSetting(
        _ name: String,
        at place: ManifestPlace,
        _ settings: DeclaredSettings,
        besides names: [String] = []
    ) {
        guard let entry = settings.entries[name] else {
            let known = settings.entries.keys.sorted() + names
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
