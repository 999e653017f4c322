import RawJSON
import RecordingKit

/// Takes credentials and personal data out of exchanges, so that they still lead from one to the next.
///
/// What is unknown is replaced. Kept is what looks like a time, a number, a hexadecimal id, or a word under the name of a choice, as long
/// as nothing that was replaced is in it and its name says nothing of a person. Other ids get the same stand-in in requests and answers.
struct Anonymiser {
    let rules: AnonymisationRules
    let standIns: StandIns
    /// Where the platform was, and where it is said to be.
    let baseURL: HTTPURL
    let publicURL: HTTPURL
    private let secrets: [String]
    /// The words of which the connector's paths are made.
    private let literals: Set<String>
    /// What was replaced by what.
    private(set) var replaced: [String: String] = [:]
    /// What was replaced in links alone, where the same word may be no name but a part of an address.
    private(set) var inLinks: [String: String] = [:]
    /// Long numbers that were kept for being ids.
    private(set) var keptIDs: Set<String> = []
    /// Replaced texts that are long enough to be looked for in others.
    private var telling = TextIndex()
    /// What the connector sends of itself.
    private(set) var constants: Set<String> = []
    /// What the operator wants to be kept.
    private(set) var operatorKept: Set<String> = []
    /// What was kept, by place.
    private(set) var kept: [String: Set<String>] = [:]

    init(
        _ key: StandInKey,
        rules: AnonymisationRules,
        secrets: [String],
        literals: Set<String>,
        baseURL: HTTPURL,
        publicURL: HTTPURL
    ) {
        self.literals = literals
        standIns = StandIns(key)
        self.rules = rules
        self.secrets = secrets.filter { $0.utf8.count >= 4 }
        self.baseURL = baseURL
        self.publicURL = publicURL
    }

    /// Learns what is replaced from everything that was said, before anything is written.
    ///
    /// - Parameters:
    ///   - exchanges: everything that was said, in order.
    ///   - settings: texts of the settings, of which those that look like somebody's are replaced.
    ///   - identities: texts that are replaced whatever they look like.
    mutating func learn(_ exchanges: [RecordedExchange], settings: [String], identities: [String] = []) {
        for text in identities { note(text, standIns.secret(for: text)) }
        for text in settings {
            switch TextShape(text) {
            case .email, .dotted, .text: note(text, standIns.standIn(for: text))
            default: break
            }
        }
        for exchange in exchanges {
            for parameter in exchange.request.query where replaced[parameter.value] == nil {
                constants.insert(parameter.value)
            }
            _ = response(exchange.response)
        }
        // What was replaced late may be in what was kept before.
        for exchange in exchanges { _ = response(exchange.response) }
        kept = [:]
    }

    /// An exchange with everything replaced.
    mutating func exchange(_ exchange: RecordedExchange) -> RecordedExchange {
        RecordedExchange(request(exchange.request), response(exchange.response))
    }

    /// Whether a secret is left in a text, however it is encoded.
    func holdsSecret(_ text: String) -> Bool {
        TextForms.of(text).contains { form in secrets.contains { form.contains($0) } }
    }

    // MARK: - Answers

    private mutating func response(_ response: RecordedResponse) -> RecordedResponse {
        RecordedResponse(
            status: response.status,
            headers: headers(response.headers),
            body: body(response.body)
        )
    }

    private mutating func body(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        guard let root = try? JSONDocument(parsing: bytes).root else {
            // What is no JSON is recorded for being none.
            let isPage = bytes.first { $0 > 0x20 } == UInt8(ascii: "<")
            return Array((isPage ? "<html><body>removed</body></html>" : "removed").utf8)
        }
        var writer = JSONWriter(reservingCapacity: bytes.count)
        write(root, at: [], to: &writer)
        return writer.take()
    }

    private mutating func write(_ value: JSONValue, at path: [String], to writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            writer.beginObject()
            for member in value.members {
                if !isKey(member.name), !MemberNames.isCommon(member.name) {
                    noteKept(member.name, in: "names of members in \(place(path))")
                }
                writer.name(isKey(member.name) ? replaced[member.name] ?? replace(member.name) : member.name)
                write(member.value, at: path + [member.name], to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for (index, element) in value.elements.enumerated() {
                write(element, at: path + [String(index)], to: &writer)
            }
            writer.endArray()
        case .string: writer.string(answered(value.string ?? "", at: path))
        case .number: write(number: value, at: path, to: &writer)
        case .boolean, .null: writer.raw(value)
        }
    }

    /// Whether a member's name is no name but a key, under which somebody's data are filed.
    private func isKey(_ name: String) -> Bool {
        if holdsSecret(name) { return true }
        if MemberNames.isCommon(name) { return false }
        let digits = name.utf8.count { (0x30...0x39).contains($0) }
        switch TextShape(name) {
        case .email, .url, .path, .text, .dotted: return true
        case .digits: return digits > 6 || isSomebodys(name)
        case .word: return isSomebodys(name) || digits > 6 && !name.contains { $0.isLetter }
        default: return isSomebodys(name)
        }
    }

    /// Numbers of up to six digits are kept, and longer ones under the name of an id, a time or a size.
    private mutating func write(number value: JSONValue, at path: [String], to writer: inout JSONWriter) {
        let text = value.numberText ?? "0"
        let name = path.last { Int($0) == nil } ?? ""
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }
        let length = mantissa.utf8.count { (0x30...0x39).contains($0) }
        let isMeasure = MemberNames.isMeasure(name)
        let isLong = length > 6 && !isMeasure && !MemberNames.isID(name)
        let isSomebodys = length >= 4 && isPersonal(text, .digits, at: path) && !isMeasure
        let isKnown = replaced[text] != nil && !isMeasure
        let isReplaced = rules.replaces(path) || isSecret(text, name)
        if length > 6, MemberNames.isID(name), !isReplaced, !isSomebodys { keptIDs.insert(text) }
        guard isReplaced || !rules.keeps(path) && (isLong || isSomebodys || isKnown) else {
            noteKept(text, in: place(path))
            return writer.raw(value)
        }
        if TextShape(text) == .digits {
            writer.rawNumber(note(text, standIns.digits(text)))
        } else {
            writer.rawNumber(standIns.number(String(mantissa)) + text.dropFirst(mantissa.count))
        }
    }

    /// A text of an answer.
    private mutating func answered(_ text: String, at path: [String]) -> String {
        let name = path.last { Int($0) == nil } ?? ""
        let shape = TextShape(text)
        if shape == .empty { return text }
        if isSecret(text, name) { return note(text, standIns.secret(for: text)) }
        if rules.replaces(path) { return replace(text) }
        if rules.keeps(path) { return keep(text, at: path) }
        if let known = replaced[text] {
            // What is kept of a link is listed in every pass.
            if shape == .url || shape == .path { _ = link(text) }
            return known
        }
        if isPersonal(text, shape, at: path) { return replace(text) }
        switch shape {
        case .time: return keep(text, at: path)
        case .url: return note(text, link(text) ?? standIns.standIn(for: text))
        case .path: return note(text, link(text) ?? standIns.standIn(for: text))
        default: break
        }
        return isKept(text, shape, name) && !isTelling(text) ? keep(text, at: path) : replace(text)
    }

    /// Whether the names say that a number or an id is somebody's, whatever it looks like.
    private func isPersonal(_ text: String, _ shape: TextShape, at path: [String]) -> Bool {
        let names = path.filter { Int($0) == nil }
        guard let name = names.last else { return false }
        switch shape {
        case .time: return MemberNames.isBirth(name)
        case .digits, .hexadecimal, .word, .dotted:
            if MemberNames.isPhone(name) || MemberNames.isPerson(name) { return !MemberNames.isChoice(name) }
            return MemberNames.isID(name) && names.suffix(2).contains(where: MemberNames.isPerson)
        default: return false
        }
    }

    private func isSecret(_ text: String, _ name: String) -> Bool {
        if holdsSecret(text) { return true }
        // The number of a page is no credential, though it may be called a token.
        let isPage = TextShape(text) == .digits && text.utf8.count < 4 && MemberNames.isCursor(name)
        return MemberNames.isSecret(name) && !isPage
    }

    private func isKept(_ text: String, _ shape: TextShape, _ name: String) -> Bool {
        switch shape {
        case .hexadecimal: true
        case .digits: text.utf8.count < 4 || MemberNames.isMeasure(name) || MemberNames.isID(name)
        case .word, .dotted: MemberNames.isChoice(name) && text.utf8.count <= 40
        default: false
        }
    }

    mutating func noteKept(_ text: String, in place: String) { kept[place, default: []].insert(text) }

    private func place(_ path: [String]) -> String {
        "/" + path.map { isKey($0) ? "*" : Int($0) == nil ? $0 : "*" }.joined(separator: "/")
    }

    private mutating func keep(_ text: String, at path: [String]) -> String {
        noteKept(text, in: place(path))
        if rules.keeps(path) { operatorKept.insert(text) }
        if TextShape(text) == .digits, MemberNames.isID(path.last { Int($0) == nil } ?? "") { keptIDs.insert(text) }
        return text
    }

    private mutating func replace(_ text: String) -> String { note(text, standIns.standIn(for: text)) }

    @discardableResult
    mutating func note(_ text: String, _ standIn: String) -> String {
        // Numbers as short as these stand for something else wherever else they are.
        if TextShape(text) == .digits, text.utf8.count < 4 { return standIn }
        replaced[text] = standIn
        switch TextShape(text) {
        case .email, .text, .word, .dotted, .hexadecimal: telling.insert(text)
        default: break
        }
        return standIn
    }

    /// Notes what is replaced in links; a word of letters alone stays what it is elsewhere, where it may be a choice.
    mutating func noteInLink(_ text: String, _ standIn: String) {
        if text.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }) {
            inLinks[text] = standIn
        } else {
            note(text, standIn)
        }
    }

    /// Whether a word of a path is the connector's own, and no name that somebody wrote into it.
    func isLiteral(_ text: String) -> Bool { literals.contains(text) && !isSomebodys(text) }

    /// Whether what looks like a word of the platform's is somebody's: an address, or what was replaced elsewhere.
    func isSomebodys(_ word: String) -> Bool {
        if MemberNames.isCommon(word) { return false }
        if TextShape(word) == .email || replaced[word] != nil { return true }
        // Parts of names are in many words by chance; what is encoded or no plain word is there for a reason.
        let isPlain = word.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "{")
                || $0 == UInt8(ascii: "}")
        }
        return isPlain ? holdsSecret(word) : isTelling(word)
    }

    /// Whether a secret or something that was replaced is in a text, however it is encoded.
    func isTelling(_ text: String) -> Bool {
        if text.utf8.count < 4 { return false }
        return TextForms.of(text).contains { form in
            secrets.contains { form.contains($0) } || telling.isIn(form)
                || (form != text && form.contains("@") && form.utf8.allSatisfy { (0x20...0x7E).contains($0) })
        }
    }
}
