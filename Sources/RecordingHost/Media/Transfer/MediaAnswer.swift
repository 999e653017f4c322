import RecordingKit

/// What the beginning of an answer to a request for a file means.
enum MediaAnswer: Equatable {
    /// The body belongs at `offset`; `length` is that of the whole file, nil when the answer says its end only by ending.
    case body(at: Int64, length: Int64?)
    /// There is nothing behind what is there already.
    case finished
    /// What is there cannot be continued: ask for the whole file.
    case startOver
    /// The file is elsewhere.
    case redirect(String)
    /// The link does not lead to the file any more.
    case linkDied
    /// It may work in a moment; the wait is what the server asks for.
    case passing(TapedeckError.Code, wait: Duration?)
    /// It will not work.
    case refused(TapedeckError.Code, reason: String)
}

/// Judges answers to requests for a file: a pure value.
struct MediaAnswerJudge {
    /// How many bytes of the file are there already; the request asked for what follows.
    var offset: Int64
    /// The version that they belong to.
    var validator: FileValidator
    /// The length of the whole file as it was told before, by an answer or by the connector.
    var expectedLength: Int64?

    /// Types of content that no recording has, and error pages do.
    private static let pageTypes: Set<String> = [
        "text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/json",
        "application/problem+json",
    ]

    /// Judges an answer.
    ///
    /// - Parameter now: for a `Retry-After` that is a date.
    func judge(_ head: MediaResponseHead, now: Timestamp) -> MediaAnswer {
        switch head.status {
        case 200: return judgeWhole(head)
        case 206: return judgePart(head)
        case 416: return judgeEnd(head)
        case 301, 302, 303, 307, 308:
            guard let location = head.headers["Location"] else {
                return .refused(.redirectRefused, reason: "The server redirects to nowhere.")
            }
            return .redirect(location)
        case 401, 403, 404, 410: return .linkDied
        case 408, 423, 425, 429, 500...599:
            let wish = RetryAfter(head.headers.values(of: "Retry-After"), date: head.headers["Date"], now: now)
            return .passing(head.status == 429 ? .rateLimited : .serverError, wait: wish.duration)
        default:
            return .refused(.unexpectedStatus, reason: "The server of the file answered with status \(head.status).")
        }
    }

    private func judgeWhole(_ head: MediaResponseHead) -> MediaAnswer {
        if let refusal = judgeContent(head) { return refusal }
        let length = Self.contentLength(head)
        // A length that is only told by the connector is held against what comes in the end.
        if offset == 0, let length, let expectedLength, length != expectedLength { return Self.wrongLength }
        return .body(at: 0, length: length)
    }

    private func judgePart(_ head: MediaResponseHead) -> MediaAnswer {
        if let refusal = judgeContent(head) { return refusal }
        guard let range = head.headers["Content-Range"].flatMap(ContentRange.init), range.first == offset,
            validator.agrees(with: FileValidator(head.headers))
        else { return .startOver }
        let length = range.length ?? Self.contentLength(head).map { $0 + offset }
        if let length, let expectedLength, length != expectedLength { return .startOver }
        return .body(at: offset, length: length ?? expectedLength)
    }

    private func judgeEnd(_ head: MediaResponseHead) -> MediaAnswer {
        let range = head.headers["Content-Range"].flatMap(ContentRange.init)
        guard offset > 0, let length = range?.length, length == offset, expectedLength ?? length == length,
            validator.agrees(with: FileValidator(head.headers))
        else { return .startOver }
        return .finished
    }

    private func judgeContent(_ head: MediaResponseHead) -> MediaAnswer? {
        let coding = (head.headers["Content-Encoding"] ?? "identity").trimmingSpaces.lowercased()
        guard coding.isEmpty || coding == "identity" else {
            return .refused(.notMedia, reason: "The server sends the file in another coding than was asked for.")
        }
        let type = (head.headers["Content-Type"] ?? "").prefix { $0 != ";" }.trimmingSpaces.lowercased()
        guard !Self.pageTypes.contains(type) else {
            return .refused(.notMedia, reason: "The server sends \(type) where the file was due.")
        }
        return nil
    }

    private static let wrongLength = MediaAnswer.refused(
        .notMedia,
        reason: "The file has another length than the platform announced."
    )

    private static func contentLength(_ head: MediaResponseHead) -> Int64? {
        guard let text = head.headers["Content-Length"], let length = Int64(text), length >= 0 else { return nil }
        return length
    }
}
