/// One thing that goes wrong, and when.
package struct Fault: Sendable {
    package var target: FaultTarget
    package var occurrence: FaultOccurrence
    package var effect: FaultEffect

    package init(_ effect: FaultEffect, on target: FaultTarget = .everything, _ occurrence: FaultOccurrence = .always) {
        self.target = target
        self.occurrence = occurrence
        self.effect = effect
    }
}

/// Which requests a fault looks at.
package struct FaultTarget: Sendable, Equatable {
    package var platform: SimulatedPlatform?
    package var endpoint: SimulatorEndpoint?

    package static let everything = FaultTarget()

    package static func platform(_ platform: SimulatedPlatform) -> FaultTarget {
        FaultTarget(platform: platform, endpoint: nil)
    }

    package static func endpoint(_ endpoint: SimulatorEndpoint) -> FaultTarget {
        FaultTarget(platform: nil, endpoint: endpoint)
    }

    func matches(_ candidate: SimulatorEndpoint) -> Bool {
        if let endpoint { return endpoint == candidate }
        return platform == nil || platform == candidate.platform
    }
}

/// Which of the requests that a fault looks at it strikes.
///
/// Requests are counted from 1, each fault for itself.
package enum FaultOccurrence: Sendable, Equatable {
    case always
    case nth(Int)
    case every(Int)
    case range(ClosedRange<Int>)
    /// By the seed and the number of the request, so the same run strikes the same requests.
    case probability(Double)
    /// Whenever `max` in the query is above this number.
    case maxAbove(Int)
}

/// What a fault does.
package enum FaultEffect: Sendable, Equatable {
    case tooManyRequests(RetryAfterStyle)
    case locked(RetryAfterStyle)
    case serverError(Int, body: ErrorBody = .json, retryAfter: RetryAfterStyle = .none)
    /// A wait before the proper answer, in milliseconds.
    case latency(Int)
    /// Head, then nothing.
    case stallAfterHead
    /// Head and half the body, then nothing.
    case stallInBody
    case resetBeforeResponse
    /// Head and half the body, then a reset.
    case resetInBody
    /// The whole head, half the body, an orderly end.
    case shortBody
    /// Half the body, declared as such: only the JSON tells.
    case truncatedJSON
    /// A page of HTML with status 200.
    case htmlPage
    case emptyBody
    /// The next link leads to the page itself.
    case linkToSelf
    /// The next link leads back to the first page of the listing.
    case linkToStart
    /// A `Link` header that no parser can read.
    case garbageLink
    /// The next link leads to another origin.
    case foreignLink(origin: String)
    /// The total that a page of Kismet states is this much larger than what there is.
    case wrongTotal(by: Int)
    /// Every access token dies before the request is looked at.
    case tokenDeath
    case duplicateHeaders
    /// A redirect of the same target to another origin.
    case redirect(status: Int, origin: String)

    package enum ErrorBody: Sendable, Equatable {
        case json
        case html
        case empty
    }
}

/// The kinds of fault effects, as statistics count them.
package enum FaultKind: String, Sendable, CaseIterable {
    case tooManyRequests
    case locked
    case serverError
    case latency
    case stallAfterHead
    case stallInBody
    case resetBeforeResponse
    case resetInBody
    case shortBody
    case truncatedJSON
    case htmlPage
    case emptyBody
    case linkToSelf
    case linkToStart
    case garbageLink
    case foreignLink
    case wrongTotal
    case tokenDeath
    case duplicateHeaders
    case redirect
}

extension FaultEffect {
    package var kind: FaultKind {
        switch self {
        case .tooManyRequests: .tooManyRequests
        case .locked: .locked
        case .serverError: .serverError
        case .latency: .latency
        case .stallAfterHead: .stallAfterHead
        case .stallInBody: .stallInBody
        case .resetBeforeResponse: .resetBeforeResponse
        case .resetInBody: .resetInBody
        case .shortBody: .shortBody
        case .truncatedJSON: .truncatedJSON
        case .htmlPage: .htmlPage
        case .emptyBody: .emptyBody
        case .linkToSelf: .linkToSelf
        case .linkToStart: .linkToStart
        case .garbageLink: .garbageLink
        case .foreignLink: .foreignLink
        case .wrongTotal: .wrongTotal
        case .tokenDeath: .tokenDeath
        case .duplicateHeaders: .duplicateHeaders
        case .redirect: .redirect
        }
    }
}
