import RecordingKit

/// A request with where it goes, still without what depends on the moment of sending.
struct PreparedRequest: Sendable {
    /// What the connector asked for.
    var request: APIRequest
    /// The recording that it is about, where it is about one.
    var recordingID: String?
    /// A link that the platform handed out, in place of the request's own path and query.
    var link: HTTPURL?
    /// Parameters that the link has dropped and that are put back.
    var restored: [QueryItem] = []
    /// Whether a 504 should come back as ``PageTooSlow`` so that a smaller page can be asked for.
    var canShrink = false

    /// The URL to send to at `now`, with range starts raised to the platform's horizon.
    func url(base: HTTPURL, rules: WindowRules, now: Timestamp) -> HTTPURL {
        var url = link ?? base.appendingPath(request.path)
        let added = PreparedRequest.encode(link == nil ? request.query : restored, rules: rules, now: now)
        let parts = [link?.query ?? "", added].filter { !$0.isEmpty }
        url.query = parts.isEmpty ? nil : parts.joined(separator: "&")
        return link == nil ? url : raisingStarts(in: url, rules: rules, now: now)
    }

    /// A link that was handed out before a long wait can name a start that the platform does not take any more by now.
    ///
    /// Left as it is while the platform still takes it, because a link is best followed as it was given.
    private func raisingStarts(in url: HTTPURL, rules: WindowRules, now: Timestamp) -> HTTPURL {
        guard let horizon = rules.horizon, let earliest = rules.earliestStart(at: now) else { return url }
        let lastMoment = now.advanced(by: .zero - horizon + rules.horizonMargin / 2)
        return request.query.reduce(url) { url, item in
            guard case .start = item.value, let start = url.queryValue(of: item.name).flatMap({ Timestamp($0) }),
                start < lastMoment
            else { return url }
            return url.replacingQueryValue(of: item.name, with: earliest.description)
        }
    }

    /// The content to send at `now`, with its media type.
    func content(rules: WindowRules, now: Timestamp) -> (type: String, bytes: [UInt8])? {
        switch request.body {
        case nil: nil
        case .form(let items):
            ("application/x-www-form-urlencoded", Array(PreparedRequest.encode(items, rules: rules, now: now).utf8))
        case .json(let bytes): ("application/json", bytes)
        }
    }

    private static func encode(_ items: [QueryItem], rules: WindowRules, now: Timestamp) -> String {
        items.map { item in
            let value: String
            switch item.value {
            case .text(let text): value = text
            case .start(let time): value = max(time, rules.earliestStart(at: now) ?? time).description
            }
            return "\(PercentEncoding.encode(item.name))=\(PercentEncoding.encode(value))"
        }
        .joined(separator: "&")
    }
}

/// The platform took too long for a page that could be smaller.
struct PageTooSlow: Error {}
