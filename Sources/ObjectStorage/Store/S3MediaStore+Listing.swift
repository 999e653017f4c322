import RecordingHost
import RecordingKit

extension S3MediaStore {
    /// Names every file below the prefix, a thousand at a time, in the order of their keys.
    ///
    /// Left out are, in the root alone, names that begin with a dot and files whose name begins with `manifest.jsonl`; and keys that
    /// end with a slash, with which some tools mark folders. What comes or goes meanwhile may be named or not.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`; `CancellationError`; what `body` throws.
    public func list(_ body: ([String]) async throws -> Void) async throws {
        var token: String?
        repeat {
            let last = token
            let page = try await reporting { try await names(after: last) }
            guard page.next == nil || page.next != token else {
                throw StoreFailure.unexpected("The files cannot be listed")
            }
            token = page.next
            if !page.names.isEmpty { try await body(page.names) }
        } while token != nil
    }

    private func names(after token: String?) async throws -> (names: [String], next: String?) {
        let purpose = "The files cannot be listed"
        let root = client.configuration.prefix.isEmpty ? "" : client.configuration.prefix + "/"
        var query = [S3Parameter("list-type", "2"), S3Parameter("encoding-type", "url")]
        if !root.isEmpty { query.append(S3Parameter("prefix", root)) }
        if let token { query.append(S3Parameter("continuation-token", token)) }
        let answer = try await client.send(S3Request(purpose: purpose, query: query))
        guard let document = answer.document, document.name == "ListBucketResult" else {
            throw StoreFailure.unexpected(purpose)
        }
        let isEncoded = document["EncodingType"] == "url"
        let names = try document.all("Contents").compactMap { entry -> String? in
            guard let text = entry["Key"],
                let key = isEncoded ? PercentEncoding.decode(text, plusIsSpace: true) : text, key.hasPrefix(root)
            else { throw StoreFailure.unexpected(purpose) }
            let name = String(key.dropFirst(root.count))
            return Self.isHostsOwn(name) ? nil : name
        }
        guard document["IsTruncated"] == "true" else { return (names, nil) }
        guard let next = document["NextContinuationToken"], !next.isEmpty else {
            throw StoreFailure.unexpected(purpose)
        }
        return (names, next)
    }

    private static func isHostsOwn(_ name: String) -> Bool {
        name.isEmpty || name.hasSuffix("/") || name.hasPrefix(".")
            || (name.hasPrefix("manifest.jsonl") && !name.contains("/"))
    }
}
