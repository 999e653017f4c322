import Digest
import RecordingHost
import RecordingKit

/// Signs and sends requests, and sends again what may pass.
struct S3Client: Sendable {
    let configuration: S3Configuration
    let transport: any HTTPTransport
    let clock: any HostClock
    let jitter: @Sendable () -> Double
    let policy: RetryPolicy

    /// Failures that more tries than these do not heal.
    private static let attemptsForDamage = 3
    /// The slowest line that a part's time-out is made for, in bytes a second.
    private static let slowestRate = 32 << 10

    /// Sends until there is an answer, a refusal for good, or the attempts are used up.
    ///
    /// - Throws: ``S3Refusal``; `CancellationError`; `TapedeckError`.
    func send(_ request: S3Request) async throws -> S3Answer {
        var attempt = 0
        while true {
            attempt += 1
            try Task.checkCancellation()
            var refusal: S3Refusal
            var wish: Duration?
            do {
                let response = try await transport.send(signed(request))
                let document = Self.document(response, request)
                if isAccepted(response, request, document) {
                    return S3Answer(
                        status: response.status,
                        headers: response.headers,
                        body: response.body,
                        document: document,
                        attempts: attempt
                    )
                }
                refusal = S3Refusal(request, response, document: document)
                wish =
                    RetryAfter(
                        response.headers.values(of: "Retry-After"),
                        date: response.headers["Date"],
                        now: clock.now
                    ).duration
            } catch let error as TransportError {
                refusal = S3Refusal(request, error)
            }
            refusal.attempts = attempt
            try await holdBack(&refusal, attempt: attempt, wish: wish)
        }
    }

    private func holdBack(_ refusal: inout S3Refusal, attempt: Int, wish: Duration?) async throws {
        let isDamage = refusal.status.map { (400..<500).contains($0) } ?? (refusal.transport?.kind == .malformed)
        let isHopeless = isDamage && refusal.status != 429 && refusal.status != 408 && attempt >= Self.attemptsForDamage
        guard refusal.mayPass, !isHopeless else { throw refusal }
        switch policy.decide(attempt: attempt, serverWish: wish, jitter: jitter()) {
        case .wait(let wait): try await clock.sleep(until: clock.uptime + wait)
        case .giveUp: throw refusal
        case .comeBack(let wait):
            refusal.retryAt = clock.now.advanced(by: wait)
            throw refusal
        }
    }

    /// An `Error` in an answer with status 200 is a failure that was found after the answer had begun.
    private func isAccepted(_ response: TransportResponse, _ request: S3Request, _ document: XMLElement?) -> Bool {
        if request.accepted.contains(response.status) { return true }
        return (200..<300).contains(response.status) && document?.name != "Error"
    }

    private static func document(_ response: TransportResponse, _ request: S3Request) -> XMLElement? {
        guard !request.isForContent || response.status >= 300, !response.body.isEmpty else { return nil }
        return try? XMLReader.read(response.body)
    }

    private func signed(_ request: S3Request) throws -> TransportRequest {
        let url = try location(request)
        let host = String(url.origin.description.dropFirst(url.origin.scheme.utf8.count + 3))
        let headers: HTTPHeaders
        do {
            headers = try SigV4(credentials: configuration.credentials, region: configuration.region).sign(
                method: request.method,
                host: host,
                path: url.path,
                query: request.query,
                headers: request.headers,
                payloadHash: try request.bodyHash ?? SHA256.hash(request.body ?? []).lowercaseHex,
                at: SigningTime(clock.now)
            )
        } catch {
            throw TapedeckError(.mediaStoreFailed, "\(request.purpose): the cryptographic library failed.")
        }
        return TransportRequest(
            method: request.method,
            url: url,
            headers: completed(headers),
            body: request.body,
            limits: limits(request)
        )
    }

    /// What lies in the storage is asked for as it lies there; proxies may change this field, so it is not signed.
    private func completed(_ headers: HTTPHeaders) -> HTTPHeaders {
        var headers = headers
        headers.set("Accept-Encoding", "identity")
        return headers
    }

    private func limits(_ request: S3Request) -> TransportLimits {
        let bytes = (request.body?.count ?? 0) + request.answerBytes
        return TransportLimits(
            // The storage may take minutes to put the parts of a large file together before it says anything.
            idleTimeout: .seconds(300),
            totalTimeout: .seconds(300 + bytes / Self.slowestRate),
            bodyBytes: request.answerBytes,
            allowsInsecureHTTP: configuration.allowsInsecureHTTP
        )
    }

    private func location(_ request: S3Request) throws -> HTTPURL {
        let endpoint = configuration.endpoint
        let base = endpoint.path == "/" ? "" : endpoint.path
        let key = request.key.map { "/" + S3Key.encode($0) } ?? ""
        let query = request.query.isEmpty ? nil : S3Parameter.canonicalQuery(request.query)
        guard !configuration.addressing.isPath else {
            return HTTPURL(origin: endpoint.origin, path: "\(base)/\(configuration.bucket)\(key)", query: query)
        }
        let origin = endpoint.origin
        guard let host = HTTPURL("\(origin.scheme)://\(configuration.bucket).\(origin.host):\(origin.port)") else {
            throw TapedeckError(
                .configurationInvalid,
                "The bucket's name cannot stand before the endpoint's: use path addressing."
            )
        }
        return HTTPURL(origin: host.origin, path: base + (key.isEmpty ? "/" : key), query: query)
    }
}
