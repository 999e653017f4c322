/// The tokens that are alive, and the token endpoint.
struct WebexTokens: Sendable {
    private let plan: WebexAuthorizationPlan
    private let seed: UInt64
    /// Access tokens with the wall time, in milliseconds, at which each dies.
    private var accessTokens: [String: Int64]
    private var refreshTokens: Set<String>
    private(set) var issued = 0

    init(plan: WebexAuthorizationPlan, seed: UInt64) {
        self.plan = plan
        self.seed = seed
        accessTokens = [plan.accessToken: .max]
        refreshTokens = [plan.refreshToken]
    }

    func accepts(_ authorization: String?, now: Int64) -> Bool {
        guard let authorization, authorization.utf8.count > 7, authorization.prefix(7).lowercased() == "bearer ",
            let end = accessTokens[String(authorization.dropFirst(7))]
        else { return false }
        return now < end
    }

    mutating func killAccessTokens() {
        accessTokens.removeAll()
    }

    mutating func killRefreshTokens() {
        refreshTokens.removeAll()
    }

    /// Answers `POST /v1/access_token`.
    mutating func exchange(_ request: HTTPRequest, now: Int64, trackingID: String) -> HTTPResponse {
        func refuse(_ status: Int, _ message: String) -> HTTPResponse {
            WebexErrors.response(status, message, trackingID: trackingID)
        }
        guard request.method == "POST" else { return refuse(405, "The method is not supported.") }
        guard request[header: "content-type"]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true
        else {
            return refuse(415, "The request must be form encoded.")
        }
        let form = QueryParameters(request.body[...])
        guard isClient(form, request[header: "authorization"]) else {
            return refuse(401, "Client authentication failed.")
        }
        switch form["grant_type"] {
        case "refresh_token":
            guard let token = form["refresh_token"], refreshTokens.contains(token) else {
                return refuse(400, "The refresh token provided is invalid, expired or revoked.")
            }
            return issue(refreshToken: rotated(token), now: now)
        case "client_credentials":
            return issue(refreshToken: nil, now: now)
        default:
            return refuse(400, "The grant type is not supported.")
        }
    }

    private func isClient(_ form: QueryParameters, _ authorization: String?) -> Bool {
        if form["client_id"] == plan.clientID, form["client_secret"] == plan.clientSecret { return true }
        guard let authorization, authorization.hasPrefix("Basic ") else { return false }
        return authorization.dropFirst(6) == Base64.encode("\(plan.clientID):\(plan.clientSecret)")
    }

    private mutating func rotated(_ token: String) -> String {
        switch plan.rotation {
        case .same: return token
        case .newOldLives: break
        case .newOldDies: refreshTokens.remove(token)
        }
        let new = tokenText("refresh", 51)
        refreshTokens.insert(new)
        return new
    }

    private mutating func issue(refreshToken: String?, now: Int64) -> HTTPResponse {
        let access = tokenText("access", 52)
        issued += 1
        accessTokens[access] = now + Int64(plan.expiresIn) * 1000
        var body = JSONBytes(capacity: 512)
        body.raw("{\"access_token\":")
        body.string(access)
        body.raw(",\"expires_in\":")
        body.integer(plan.expiresIn)
        if let refreshToken {
            body.raw(",\"refresh_token\":")
            body.string(refreshToken)
            body.raw(",\"refresh_token_expires_in\":7776000")
        }
        body.raw(",\"token_type\":\"Bearer\",\"scope\":")
        body.string(plan.scopes.joined(separator: "\n"))
        body.raw("}")
        return HTTPResponse(status: 200, body: body.bytes)
    }

    private func tokenText(_ kind: String, _ stream: UInt64) -> String {
        let value = SeededHash.value(seed, stream, UInt64(issued + 1))
        return "webex-\(kind)-\(issued + 1)-\(String(value, radix: 16))"
    }
}
