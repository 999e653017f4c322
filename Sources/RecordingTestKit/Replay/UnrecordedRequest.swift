import RecordingKit

/// Says what was asked that no exchange answers, and what comes nearest to it.
struct UnrecordedRequest: CustomStringConvertible {
    let description: String

    init(_ asked: RecordedRequest, among recorded: [RecordedRequest]) {
        let question = "\(asked.method) \(UnrecordedRequest.text(of: asked)) was asked for and is not recorded"
        let near = recorded.filter { $0.method == asked.method && $0.path == asked.path }
            .min { UnrecordedRequest.distance($0, asked) < UnrecordedRequest.distance($1, asked) }
        if let near {
            let isBody = near.query == asked.query && near.body != asked.body
            let difference = isBody ? "with another content" : UnrecordedRequest.text(of: near)
            description = "\(question); the nearest that is recorded is \(difference)."
        } else if recorded.contains(where: { $0.path == asked.path }) {
            description = "\(question); the path is recorded with another method alone."
        } else {
            description = "\(question); nothing is recorded of that path."
        }
    }

    private static func text(of request: RecordedRequest) -> String {
        guard !request.query.isEmpty else { return request.path }
        return request.path + "?" + request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    private static func distance(_ left: RecordedRequest, _ right: RecordedRequest) -> Int {
        Set(left.query).symmetricDifference(Set(right.query)).count + (left.body == right.body ? 0 : 1)
    }
}
