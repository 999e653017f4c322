import Digest
import RecordingHost
import RecordingKit

/// Brings one file to the place that was found empty.
struct FileUpload: Sendable {
    let store: S3MediaStore
    let file: SpooledMedia
    let key: String
    let path: MediaPath

    private var client: S3Client { store.client }
    private var description: ObjectDescription {
        ObjectDescription(contentType: file.contentType, sha256: file.sha256)
    }

    // MARK: - In one request

    /// Sends the file in one request; it is held in memory.
    func sendWhole() async throws {
        let part = try await LocalFile.open(file, for: path).read(0..<file.bytes)
        guard part.sha256.lowercaseHex == file.sha256 else { throw StoreFailure.otherLocalContent(path) }
        var headers = description.headers(client.configuration)
        headers.set("x-amz-checksum-sha256", part.checksum)
        let request = S3Request(
            purpose: "A file cannot be sent",
            method: "PUT",
            key: key,
            headers: headers,
            body: part.bytes,
            bodyHash: file.sha256,
            accepted: [412]
        )
        let answer = try await client.sendUnlessPresent(request)
        let object = try await store.object(key)
        // A repeated request finds what the first one has stored, although no answer to that arrived.
        if answer.status == 412, let object, !store.isSame(object, file) { throw StoreFailure.otherContent(path) }
        guard let object, holds(object, checksum: part.checksum) else { throw StoreFailure.damaged(path) }
    }

    // MARK: - In parts

    /// Sends the file in parts, and those alone that the server has not got from an earlier run.
    func sendParts() async throws {
        let local = try await LocalFile.open(file, for: path)
        let plan = PartPlan(bytes: file.bytes, wished: Int64(client.configuration.partBytes))
        if let (upload, sent) = try await resumed(local, plan), try await finish(upload, local, plan, sent: sent) {
            return
        }
        let upload = try await MultipartUpload.create(client, key: key, description)
        guard try await finish(upload, local, plan, sent: [:]) else { throw StoreFailure.damaged(path) }
    }

    /// The unfinished upload of this very file with the most parts; all others for the key are given up.
    private func resumed(
        _ local: LocalFile,
        _ plan: PartPlan
    ) async throws -> (upload: MultipartUpload, sent: [Int: SentPart])? {
        var candidates: [(upload: MultipartUpload, parts: [SentPart])] = []
        for upload in try await MultipartUpload.unfinished(client, key: key) {
            candidates.append((upload, try await upload.parts()))
        }
        candidates.sort { $0.parts.count > $1.parts.count }
        var chosen: (upload: MultipartUpload, sent: [Int: SentPart])?
        for candidate in candidates {
            if chosen == nil, let sent = try await matching(candidate.parts, local, plan) {
                chosen = (candidate.upload, sent)
            } else {
                try await candidate.upload.abort()
            }
        }
        return chosen
    }

    /// The parts by their numbers; nil when there is none, or one of them is not of this file.
    private func matching(_ parts: [SentPart], _ local: LocalFile, _ plan: PartPlan) async throws -> [Int: SentPart]? {
        guard !parts.isEmpty, parts.allSatisfy({ (1...plan.count).contains($0.number) }) else { return nil }
        for part in parts {
            let range = plan.range(part.number)
            guard part.size == Int64(range.count), part.holds(try await local.read(range)) else { return nil }
        }
        return Dictionary(parts.map { ($0.number, $0) }) { $1 }
    }

    /// Sends what is missing and puts the parts together; false when what came of it must be sent anew, which is gone then.
    private func finish(
        _ upload: MultipartUpload,
        _ local: LocalFile,
        _ plan: PartPlan,
        sent: [Int: SentPart]
    ) async throws -> Bool {
        let parts: [SentPart]
        do {
            parts = try await send(upload, local, plan, sent: sent)
        } catch let changed as LocalFileChanged {
            try await upload.abort()
            throw changed.error
        }
        switch try await upload.complete(parts) {
        case .completed: break
        case .taken:
            try await upload.abort()
            try checkOwn(await store.object(key))
        case .gone(let answer):
            guard let object = try await store.object(key) else {
                let request = S3Request(purpose: "A file cannot be sent", method: "POST", key: key)
                throw S3Refusal(
                    request,
                    TransportResponse(status: 404, headers: answer.headers),
                    document: answer.document
                )
            }
            try checkOwn(object)
        }
        guard let object = try await store.object(key) else { throw StoreFailure.damaged(path) }
        if holds(object, checksum: try composite(parts)) { return true }
        // The upload may have been begun for another file that starts as this one does, and then bears that one's description.
        guard !sent.isEmpty, object.size == file.bytes, object.sha256 != file.sha256 else {
            throw StoreFailure.damaged(path)
        }
        try await store.removeObject(key)
        return false
    }

    /// Reads the file from its start to its end, and sends parts beside that.
    private func send(
        _ upload: MultipartUpload,
        _ local: LocalFile,
        _ plan: PartPlan,
        sent: [Int: SentPart]
    ) async throws -> [SentPart] {
        try await withThrowingTaskGroup(of: SentPart.self) { group in
            var whole = try SHA256()
            var parts: [SentPart] = []
            var underWay = 0
            for number in 1...plan.count {
                if underWay == client.configuration.parallelParts, let part = try await group.next() {
                    parts.append(part)
                    underWay -= 1
                }
                let part = try await local.read(plan.range(number))
                try whole.update(part.bytes)
                if let known = sent[number] {
                    guard known.holds(part) else { throw LocalFileChanged(path: path) }
                    parts.append(SentPart(part, number: number, tag: known.tag))
                    continue
                }
                group.addTask { try await upload.send(part, number: number) }
                underWay += 1
            }
            for try await part in group { parts.append(part) }
            guard try whole.finalize().lowercaseHex == file.sha256 else { throw LocalFileChanged(path: path) }
            return parts
        }
    }

    // MARK: - Checks

    /// What was not put together by this very request must be the same file, or it is another's.
    private func checkOwn(_ object: S3Object?) throws {
        guard let object, store.isSame(object, file) else { throw StoreFailure.otherContent(path) }
    }

    /// Whether the object is the file, as far as the server says anything about it.
    private func holds(_ object: S3Object, checksum: String) -> Bool {
        guard store.isSame(object, file) else { return false }
        guard let kept = object.checksum else { return true }
        return kept.prefix { $0 != "-" } == checksum
    }

    /// The checksum of the parts' checksums.
    private func composite(_ parts: [SentPart]) throws -> String {
        let ordered = parts.sorted { $0.number < $1.number }
        var hash = try SHA256()
        for part in ordered { try hash.update(part.digest) }
        return Base64.encode(try hash.finalize())
    }
}

/// The spooled file is not what was described.
private struct LocalFileChanged: Error {
    let path: MediaPath

    var error: TapedeckError { StoreFailure.otherLocalContent(path) }
}
