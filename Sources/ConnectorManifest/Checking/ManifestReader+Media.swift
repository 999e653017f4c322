import JSON5
import RecordingKit

extension ManifestReader {
    /// Reads how links to a recording's files are had.
    func media(_ place: ManifestPlace?, recording: Set<String>, _ around: Surroundings) -> MediaPlan? {
        guard let place else { return nil }
        let names = around.names.adding(recording).adding(MediaNames.all)
        let requestPlace = place.member("request")
        let request = self.request(requestPlace, names, adding: around.additions)
        let offer = MediaOffer(
            mainRendition: place.member("mainRendition")?.text ?? "video",
            auditCost: request?.auditCost ?? 0,
            moreRenditionsWithin: duration(place.member("moreRenditionsWithin")) ?? .zero
        )
        let hasRow = requestPlace != nil
        if !hasRow {
            for key in ["belongsTo", "onError"] {
                guard let member = place.member(key) else { continue }
                log.add("\"\(key)\" needs a request", at: member)
            }
        }
        let links = (place.member("links")?.elements ?? []).compactMap { link($0, names, hasRow) }
        var plan = MediaPlan(request: request, offer: offer, links: links)
        plan.belongsTo = owner(place.member("belongsTo"), names)
        for element in place.member("otherwise")?.elements ?? [] {
            guard let answer = mediaAnswer(element) else { continue }
            plan.otherwise.append((when: condition(element.member("when"), names: names), answer: answer))
        }
        for member in place.member("onError")?.members ?? [] {
            guard let code = absenceCode(member.name, at: member.place) else { continue }
            plan.onError[code] = mediaAnswer(member.place)
        }
        return plan
    }

    private func mediaAnswer(_ place: ManifestPlace) -> MediaPlan.Answer? {
        guard let kind = place.member("is")?.text.flatMap(MediaPlan.Answer.Kind.init(rawValue:)),
            let reason = place.member("reason")?.text
        else { return nil }
        return MediaPlan.Answer(kind: kind, reason: reason)
    }

    private func link(_ place: ManifestPlace, _ names: KnownNames, _ hasRow: Bool) -> LinkPlan? {
        let url = value(place.member("url"), names: names, hasRow: hasRow)
        var link = LinkPlan(url: url ?? .row)
        link.each = path(place.member("each"))
        if !hasRow, let each = place.member("each") { log.add("there is no answer to find rows in", at: each) }
        link.condition = condition(place.member("where"), names: names)
        link.takesFirst = place.member("take")?.text == "first"
        link.rendition = value(place.member("rendition"), names: names, hasRow: hasRow)
        link.expiresAt = value(place.member("expiresAt"), default: .time, names: names, hasRow: hasRow)
        link.lifetime = duration(place.member("lifetime"))
        if let lifetime = place.member("lifetime"), place.member("expiresAt") != nil {
            log.add("\"lifetime\" is for links that do not say when they end; \"expiresAt\" does", at: lifetime)
        }
        if let ending = place.member("fileExtension"), ending.text == "from_url" {
            link.takesExtensionOfURL = true
        } else {
            link.fileExtension = value(place.member("fileExtension"), names: names, hasRow: hasRow)
        }
        link.bytes = value(place.member("bytes"), default: .integer, names: names, hasRow: hasRow)
        link.sendsCredentials = place.member("sendsCredentials")?.boolean ?? false
        return url == nil ? nil : link
    }
}
