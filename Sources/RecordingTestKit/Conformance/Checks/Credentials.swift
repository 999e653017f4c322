import RecordingKit

extension ConformanceCheck {
    /// The connector never sees a credential.
    public static let noCredentialSeen = ConformanceCheck(
        "no_credential_seen",
        "No setting that holds a credential reaches the connector."
    ) { bench in
        let canaries = Canaries(bench.subject)
        let descriptor = bench.subject.descriptor
        var problems = canaries.unmarked.map { "The setting \($0) holds a credential and is not marked secret." }
        let settings = descriptor.settings.parse(canaries.settings).settings
        for field in descriptor.settings.fields {
            let texts = settings[field.name]?.texts ?? []
            if texts.contains(where: { canaries.secretWords.contains($0) }) {
                problems.append("The setting \(field.name) reaches the connector with a credential.")
            }
        }
        return .problems(problems)
    }

    /// The connector never repeats what it was configured with to authenticate.
    public static let noCredentialEchoed = ConformanceCheck(
        "no_credential_echoed",
        "Nothing that authentication is configured with is in requests, keys, labels, records or errors."
    ) { bench in
        let canaries = Canaries(bench.subject)
        guard !canaries.words.isEmpty else { return .skipped("The connector needs no credentials.") }
        let run = await ConnectorDriver(subject: bench.subject.with(settings: canaries.settings)).run()
        var problems: [String] = []
        func look(_ texts: [String], _ name: String) {
            if texts.contains(where: canaries.isIn) {
                problems.append("\(name) holds what authentication is configured with.")
            }
        }
        look(run.setupFailure.map { ["\($0)"] } ?? [], "The error for wrong settings")
        for (index, fetch) in run.fetches.enumerated() { look(fetch.request.texts, "Request \(index + 1)") }
        for (index, listing) in run.listings.enumerated() {
            look(RecordFields(listing).texts + [listing.failure?.description ?? ""], "Listing \(index + 1)")
        }
        for reading in run.readings {
            look(reading.fields.flatMap(\.texts), "A record of \(bench.name(of: reading.phase))")
            look(reading.failure.map { ["\($0)"] } ?? [], "The error of \(bench.name(of: reading.phase))")
        }
        return .problems(problems)
    }
}

/// Settings in which every credential is a word that stands nowhere else.
private struct Canaries {
    let settings: [String: SettingValue]
    /// Every word, secret or not.
    let words: Set<String>
    /// The words in settings that are marked secret or have a name that says so.
    let secretWords: Set<String>
    /// Settings that authentication reads, that have the name of a secret and are not marked as one.
    let unmarked: [String]

    init(_ subject: ConformanceSubject) {
        let rows = subject.descriptor.settings.rows
        let read = Set(subject.descriptor.authentication.settings)
        let secrets = Set(rows.filter(\.isSecret).map(\.path))
        unmarked = read.subtracting(secrets).filter(Canaries.isSecretName).sorted()
        var words: Set<String> = []
        var secretWords: Set<String> = []
        var settings = subject.settings
        for (index, path) in read.union(secrets).sorted().enumerated() {
            let word = "tapedeckCanary\(index)Word"
            guard settings.replaceText(at: path.split(separator: ".").map(String.init), with: word) else { continue }
            words.insert(word)
            if secrets.contains(path) || Canaries.isSecretName(path) { secretWords.insert(word) }
        }
        self.settings = settings
        self.words = words
        self.secretWords = secretWords
    }

    /// Whether a text holds a word, however it is encoded.
    func isIn(_ text: String) -> Bool {
        TextForms.of(text).contains { form in words.contains { form.contains($0) } }
    }

    private static func isSecretName(_ path: String) -> Bool {
        let name = path.lowercased()
        return ["token", "secret", "password", "passcode", "apikey", "privatekey"].contains { name.hasSuffix($0) }
    }
}

extension [String: SettingValue] {
    /// Replaces a text that is there; false when there is none, or when it is a URL.
    fileprivate mutating func replaceText(at path: [String], with text: String) -> Bool {
        guard let name = path.first, let value = self[name] else { return false }
        switch value {
        case .string(let old) where path.count == 1:
            guard HTTPURL(old) == nil else { return false }
            self[name] = .string(text)
            return true
        case .object(var members):
            guard members.replaceText(at: Array(path.dropFirst()), with: text) else { return false }
            self[name] = .object(members)
            return true
        default: return false
        }
    }
}

extension RecordFields {
    /// The values alone.
    var texts: [String] { values.map(\.value) }
}

extension APIRequest {
    /// Everything that is sent.
    var texts: [String] {
        var texts = [endpoint, path] + headers.fields.flatMap { [$0.name, $0.value] } + QueryItem.texts(query)
        switch body {
        case .json(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
        case .form(let items): texts += QueryItem.texts(items)
        case nil: break
        }
        return texts
    }
}

extension QueryItem {
    fileprivate static func texts(_ items: [QueryItem]) -> [String] {
        items.flatMap { item in
            guard case .text(let text) = item.value else { return [item.name] }
            return [item.name, text]
        }
    }
}
