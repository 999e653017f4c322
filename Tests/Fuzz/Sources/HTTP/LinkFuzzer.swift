@testable import RecordingHost

extension Fuzzer {
    /// The Link header field: nothing that looks like a link is passed over, and what is read can be written again.
    static let link = Fuzzer(name: "link") { bytes in
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        guard let header = try? LinkHeader(lines) else {
            demand(lines.contains { (try? LinkHeader([$0])) == nil }, "lines are refused together and taken one by one")
            return
        }
        for link in header.links {
            demand(!link.target.utf8.contains { "<> ".utf8.contains($0) }, "a target holds what delimits it")
            demand(
                link.relations.allSatisfy { !$0.isEmpty && $0 == $0.lowercased() },
                "a relation is not in lower case"
            )
            demand(!link.relations.contains { $0.contains("'") }, "apostrophes pass for quotes")
            demand((try? LinkHeader(["<\(link.target)>; title=a"])) == nil, "a link without a relation is accepted")
        }
        demand(header.links.count == lines.map(openedTargets).reduce(0, +), "a link was passed over")
        demand((try? LinkHeader([lines.joined(separator: ",")]).links) == header.links, "one line reads unlike several")
        demand((try? LinkHeader([rendered(header.links)]).links) == header.links, "what is written reads unlike it")
        let twice = rendered(header.links, then: "; rel=prev")
        demand((try? LinkHeader([twice]).links) == header.links, "not the first relation counts")
        demandNext(header)
    }

    private static func demandNext(_ header: LinkHeader) {
        let targets = Set(header.links.filter { $0.relations.contains("next") }.map(\.target))
        do {
            let next = try header.next()
            demand(next.map { [$0] } ?? [] == targets, "the next page is not the one that is named")
        } catch {
            demand(targets.count > 1, "a next page is refused although there is one alone")
        }
    }

    /// How many angle brackets open a target: those outside of quotes and of other targets.
    private static func openedTargets(_ line: String) -> Int {
        var count = 0
        var isTarget = false
        var isQuoted = false
        var isEscaped = false
        for character in line.unicodeScalars {
            switch character {
            case _ where isEscaped: isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"" where !isTarget: isQuoted.toggle()
            case "<" where !isQuoted && !isTarget:
                isTarget = true
                count += 1
            case ">" where isTarget: isTarget = false
            default: break
            }
        }
        return count
    }

    private static func rendered(_ links: [LinkHeader.Link], then end: String = "") -> String {
        links.map { link in
            let relations = link.relations.joined(separator: " ").unicodeScalars
                .map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : "\($0)" }.joined()
            return "<\(link.target)>; rel=\"\(relations)\"\(end)"
        }.joined(separator: ", ")
    }
}
