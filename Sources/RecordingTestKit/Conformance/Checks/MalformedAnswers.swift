import RawJSON
import RecordingHost
import RecordingKit

extension ConformanceCheck {
    /// Answers that are not what they should be are noticed.
    public static let malformedAnswers = ConformanceCheck(
        "malformed_answers",
        "An answer that is cut, no JSON, or without what should be in it ends in an error and never in fewer records."
    ) { bench in
        if let obstacle = bench.obstacle { return obstacle }
        var problems: [String] = []
        for sample in bench.samples({ $0.response != nil }) {
            for damage in AnswerDamage.all where damage.applies(to: sample.fetch) {
                let run = await bench.driver.run(
                    sample.phase,
                    of: bench.baseline,
                    Interference(alter: { index, response in
                        index == sample.index ? damage.damaged(response, sample.fetch) : response
                    })
                )
                guard let reading = run.reading(sample.phase), let before = bench.baseline.reading(sample.phase) else {
                    continue
                }
                let name = "When page \(sample.fetch.page) of \(sample.fetch.request) \(damage.name),"
                if let failure = reading.failure {
                    guard !(failure is TapedeckError) else { continue }
                    problems.append(
                        "\(name) \(sample.phase.name) throws \(problem(of: failure)), which is no TapedeckError."
                    )
                } else if sample.phase == .listings {
                    let isTold = run.listings.contains { $0.failure != nil }
                    let isWhole = run.listings.count >= bench.baseline.listings.count
                    if !isTold, !isWhole { problems.append("\(name) fewer listings are found.") }
                } else if reading.fields.count < before.fields.count || damage.mustFail {
                    problems.append("\(name) \(sample.phase.name) returns as if all were read.")
                }
            }
        }
        return .problems(problems)
    }
}

/// One way in which an answer is not what it should be.
private struct AnswerDamage: Sendable {
    /// What happened to it, for people.
    let name: String
    /// Whether nothing can be made of what is left.
    let mustFail: Bool
    private let needsItems: Bool
    /// Whether the list itself is left out, which some platforms do for an empty one.
    private let leavesListOut: Bool
    private let damage: @Sendable (TransportResponse, Fetch) -> TransportResponse

    static let all = [
        AnswerDamage(name: "ends in the middle", mustFail: true, needsItems: false) { response, _ in
            var response = response
            response.body = Array(response.body.prefix(response.body.count / 2))
            return response
        },
        AnswerDamage(name: "is a web page", mustFail: true, needsItems: false) { response, _ in
            TransportResponse(
                status: response.status,
                headers: ["Content-Type": "text/html"],
                body: Array("<!DOCTYPE html><html><body>Sign in</body></html>".utf8)
            )
        },
        AnswerDamage(name: "is an empty object", mustFail: false, needsItems: true, leavesListOut: true) {
            response,
            _ in
            var response = response
            response.body = Array("{}".utf8)
            return response
        },
        AnswerDamage(name: "has numbers in place of its items", mustFail: false, needsItems: true) { response, fetch in
            edited(response) { path, _ in path.dropLast() == fetch.itemsPath[...] }
        },
        AnswerDamage(name: "has items without ids", mustFail: false, needsItems: true) { response, fetch in
            edited(response) { path, _ in
                path.count == fetch.itemsPath.count + 2 && path.starts(with: fetch.itemsPath)
                    && path.last.map { $0 == "id" || $0.lowercased().hasSuffix("id") } ?? false
            }
        },
    ]

    init(
        name: String,
        mustFail: Bool,
        needsItems: Bool,
        leavesListOut: Bool = false,
        damage: @escaping @Sendable (TransportResponse, Fetch) -> TransportResponse
    ) {
        self.name = name
        self.mustFail = mustFail
        self.needsItems = needsItems
        self.leavesListOut = leavesListOut
        self.damage = damage
    }

    func applies(to fetch: Fetch) -> Bool {
        if leavesListOut, fetch.paging?.itemsMayBeAbsent == true { return false }
        return !needsItems || (fetch.phase != .check && !fetch.listedItems.isEmpty)
    }

    func damaged(_ response: TransportResponse, _ fetch: Fetch) -> TransportResponse { damage(response, fetch) }

    /// The answer with every value that `isHit` replaced by something that is neither text nor an object.
    private static func edited(
        _ response: TransportResponse,
        isHit: @escaping ([String], JSONValue) -> Bool
    ) -> TransportResponse {
        var response = response
        response.body = JSONEditor(replace: { path, value, writer in
            guard isHit(path, value) else { return false }
            writer.boolean(true)
            return true
        })
        .edit(response.body)
        return response
    }
}

extension Fetch {
    /// Where the items are: as the paging says, or the first list of objects of an answer that was not paged.
    fileprivate var itemsPath: [String] {
        if let paging { return paging.items.tokens }
        guard let root = response?.json else { return [] }
        if root.kind == .array { return [] }
        return root.members.first { $0.value.elements.contains { $0.kind == .object } }.map { [$0.name] } ?? []
    }

    fileprivate var listedItems: [JSONValue] {
        if paging != nil { return items }
        return response?.json.value(at: JSONPointer(tokens: itemsPath)).map { Array($0.elements) } ?? []
    }
}
