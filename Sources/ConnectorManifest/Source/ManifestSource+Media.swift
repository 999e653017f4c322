import RawJSON
import RecordingKit

extension ManifestSource: MediaProviding {
    /// Asks for links to one recording's files.
    ///
    /// - Throws: beside what the client throws, `malformed_response` when the answer is about another recording, when what stands
    ///   in place of a link is none, or when a value is not what the manifest declares.
    func media(of recording: Recording, api: APIClient) async throws -> MediaAvailability {
        guard let media = plan.media else {
            throw TapedeckError(.connectorFailed, "The manifest declares no media.")
        }
        let names = names(about: recording, knowing: MediaNames.values(of: recording))
        guard let request = media.request else { return try media.availability(nil, names, platform: plan.platform) }
        let answer: JSONValue
        do {
            answer = try await api.send(try request.request(names)).json
        } catch let error as TapedeckError {
            if let answer = media.onError[error.code] { return answer.availability }
            if request.ignored.contains(error.code) { return media.withoutLink(nil, names) }
            guard let usual = MediaPlan.Answer.usual[error.code] else { throw error }
            return usual.availability
        }
        if let belongsTo = media.belongsTo {
            let expected = belongsTo.expected.evaluate(names: names).text
            guard let expected, answer.value(at: belongsTo.pointer)?.scalarText == expected else {
                throw TapedeckError(
                    .malformedResponse,
                    "\(plan.platform) answered with something else than the recording asked for."
                )
            }
        }
        return try media.availability(answer, names, platform: plan.platform)
    }
}

extension MediaPlan.Answer {
    /// What errors say about a file where the manifest says nothing else.
    fileprivate static let usual: [TapedeckError.Code: MediaPlan.Answer] = [
        .notFound: MediaPlan.Answer(kind: .gone, reason: "the platform no longer shows it"),
        .gone: MediaPlan.Answer(kind: .gone, reason: "the platform no longer hands it out"),
        .forbidden: MediaPlan.Answer(kind: .forbidden, reason: "the platform does not let these credentials have it"),
        .confirmationRequired: MediaPlan.Answer(kind: .forbidden, reason: "the platform wants a confirmation first"),
    ]

    var availability: MediaAvailability {
        switch kind {
        case .pending: .pending(reason: reason)
        case .forbidden: .forbidden(reason: reason)
        case .gone: .gone(reason: reason)
        }
    }
}

extension MediaPlan {
    /// What an answer says about the files.
    func availability(_ answer: JSONValue?, _ names: NameScope, platform: String) throws -> MediaAvailability {
        var found: [MediaLink] = []
        for link in links {
            for row in link.rows(in: answer) where link.condition?.holds(row: row, names: names) ?? true {
                guard var made = try link.link(row, names, main: offer.mainRendition, platform: platform) else {
                    continue
                }
                let repeats = found.count { $0.rendition == made.rendition }
                if repeats > 0 { made.rendition = MediaPlan.free(made.rendition, among: found.map(\.rendition)) }
                found.append(made)
                if link.takesFirst { break }
            }
        }
        return found.isEmpty ? withoutLink(answer, names) : .available(found)
    }

    /// Why there is no link.
    func withoutLink(_ answer: JSONValue?, _ names: NameScope) -> MediaAvailability {
        let holding = otherwise.first { $0.when?.holds(row: answer, names: names) ?? true }
        return holding?.answer.availability ?? .pending(reason: "the platform shows no link to it yet")
    }

    /// A name with the first number that none of the others has.
    private static func free(_ name: String, among taken: [String]) -> String {
        var number = 2
        while taken.contains("\(name)-\(number)") { number += 1 }
        return "\(name)-\(number)"
    }
}

extension LinkPlan {
    fileprivate func rows(in answer: JSONValue?) -> [JSONValue?] {
        guard let answer, let each else { return [answer] }
        return each.all(in: answer).flatMap { $0.kind == .array ? Array($0.elements) : [$0] }
    }

    /// The link in a row; nil when there is none.
    fileprivate func link(
        _ row: JSONValue?,
        _ names: NameScope,
        main: String,
        platform: String
    ) throws -> MediaLink? {
        var reader = RowReader(row, names)
        let text = reader.text(url, "url")
        if text == nil, reader.tally.isEmpty { return nil }
        let parsed = text.flatMap { HTTPURL($0) }
        let rendition = reader.text(rendition, "rendition") ?? main
        let expiresAt = reader.time(expiresAt, "expiresAt")
        let bytes = reader.count(bytes, "bytes")
        let ending =
            takesExtensionOfURL ? parsed.map(\.path) : reader.text(fileExtension, "fileExtension").map { ".\($0)" }
        try reader.tally.require(platform: platform)
        guard let text, parsed != nil else {
            throw TapedeckError(.malformedResponse, "\(platform) sent a link that is not a URL.")
        }
        return MediaLink(
            rendition: rendition,
            url: text,
            expiresAt: expiresAt,
            lifetime: lifetime,
            byteCount: bytes,
            fileExtension: ending.flatMap(LinkPlan.fileExtension),
            sendsCredentials: sendsCredentials
        )
    }

    /// How the last segment of a path ends, where that looks like the ending of a file's name.
    private static func fileExtension(of path: String) -> String? {
        let name = path[(path.lastIndex(of: "/") ?? path.startIndex)...]
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let ending = name[name.index(after: dot)...].lowercased()
        let isPlain = ending.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        return isPlain && (1...8).contains(ending.utf8.count) ? ending : nil
    }
}
