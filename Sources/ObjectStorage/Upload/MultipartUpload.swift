import Digest
import RecordingHost
import RecordingKit

/// An object that is sent in parts, and the requests for it.
struct MultipartUpload: Sendable {
    let client: S3Client
    let key: String
    let id: String

    /// Begins one.
    static func create(
        _ client: S3Client,
        key: String,
        _ description: ObjectDescription
    ) async throws -> MultipartUpload {
        var headers = description.headers(client.configuration)
        headers.set("x-amz-checksum-algorithm", "SHA256")
        let purpose = "A large file cannot be sent"
        let request = S3Request(
            purpose: purpose,
            method: "POST",
            key: key,
            query: [S3Parameter("uploads")],
            headers: headers
        )
        guard let id = try await client.send(request).document?["UploadId"], !id.isEmpty else {
            throw StoreFailure.unexpected(purpose)
        }
        return MultipartUpload(client: client, key: key, id: id)
    }

    /// Those that were begun for a key and never ended.
    static func unfinished(_ client: S3Client, key: String) async throws -> [MultipartUpload] {
        let purpose = "Unfinished uploads cannot be listed"
        var found: [MultipartUpload] = []
        var marker: [S3Parameter] = []
        while true {
            let query = [S3Parameter("uploads"), S3Parameter("prefix", key)] + marker
            let answer = try await client.send(S3Request(purpose: purpose, query: query))
            guard let document = answer.document, document.name == "ListMultipartUploadsResult" else {
                throw StoreFailure.unexpected(purpose)
            }
            for entry in document.all("Upload") where entry["Key"] == key {
                guard let id = entry["UploadId"], !id.isEmpty else { throw StoreFailure.unexpected(purpose) }
                found.append(MultipartUpload(client: client, key: key, id: id))
            }
            guard document["IsTruncated"] == "true" else { return found }
            let next = [
                S3Parameter("key-marker", document["NextKeyMarker"] ?? ""),
                S3Parameter("upload-id-marker", document["NextUploadIdMarker"] ?? ""),
            ]
            guard next != marker, !next[0].value.isEmpty else { throw StoreFailure.unexpected(purpose) }
            marker = next
        }
    }

    /// What the server has of it; nothing when it was ended meanwhile.
    func parts() async throws -> [SentPart] {
        let purpose = "The parts of an upload cannot be listed"
        var found: [SentPart] = []
        var marker: String?
        while true {
            let query = [S3Parameter("uploadId", id)] + (marker.map { [S3Parameter("part-number-marker", $0)] } ?? [])
            let answer = try await client.send(S3Request(purpose: purpose, key: key, query: query, accepted: [404]))
            if answer.status == 404 { return [] }
            guard let document = answer.document, document.name == "ListPartsResult" else {
                throw StoreFailure.unexpected(purpose)
            }
            for entry in document.all("Part") {
                guard let part = SentPart(entry) else { throw StoreFailure.unexpected(purpose) }
                found.append(part)
            }
            guard document["IsTruncated"] == "true" else { return found }
            guard let next = document["NextPartNumberMarker"], !next.isEmpty, next != marker else {
                throw StoreFailure.unexpected(purpose)
            }
            marker = next
        }
    }

    /// Sends a part; one with the same number is replaced.
    func send(_ part: FilePart, number: Int) async throws -> SentPart {
        let purpose = "A part of a file cannot be sent"
        let request = S3Request(
            purpose: purpose,
            method: "PUT",
            key: key,
            query: [S3Parameter("partNumber", "\(number)"), S3Parameter("uploadId", id)],
            headers: ["x-amz-checksum-sha256": part.checksum],
            body: part.bytes,
            bodyHash: part.sha256.lowercaseHex
        )
        let answer = try await client.send(request)
        guard let tag = answer.headers["ETag"], !tag.isEmpty,
            (answer.headers["x-amz-checksum-sha256"] ?? part.checksum) == part.checksum
        else { throw StoreFailure.unexpected(purpose) }
        return SentPart(part, number: number, tag: tag)
    }

    /// Lets the server copy a range of an object as a part.
    func copy(_ source: CopySource, _ range: Range<Int64>, number: Int) async throws -> SentPart {
        let purpose = "A part of a file cannot be copied"
        var headers = source.headers
        headers.set("x-amz-copy-source-range", "bytes=\(range.lowerBound)-\(range.upperBound - 1)")
        let request = S3Request(
            purpose: purpose,
            method: "PUT",
            key: key,
            query: [S3Parameter("partNumber", "\(number)"), S3Parameter("uploadId", id)],
            headers: headers
        )
        let document = try await client.send(request).document
        guard let tag = document?["ETag"], !tag.isEmpty else { throw StoreFailure.unexpected(purpose) }
        return SentPart(number: number, size: Int64(range.count), tag: tag, checksum: document?["ChecksumSHA256"])
    }

    /// How an upload ended.
    enum End: Sendable {
        /// The object is there.
        case completed
        /// There is no such upload, for example because it was completed already and the answer was lost.
        case gone(S3Answer)
        /// Another object has its place.
        case taken
    }

    /// Makes an object of the parts, provided that there is none of that key; the server checks the checksums.
    func complete(_ parts: [SentPart]) async throws -> End {
        let entries = parts.sorted { $0.number < $1.number }.map { part in
            let checksum = part.checksum.map { "<ChecksumSHA256>\(XMLText.encode($0))</ChecksumSHA256>" } ?? ""
            return
                "<Part><PartNumber>\(part.number)</PartNumber><ETag>\(XMLText.encode(part.tag))</ETag>\(checksum)</Part>"
        }
        let space = "http://s3.amazonaws.com/doc/2006-03-01/"
        let text = "<CompleteMultipartUpload xmlns=\"\(space)\">\(entries.joined())</CompleteMultipartUpload>"
        let request = S3Request(
            purpose: "The parts of a file cannot be put together",
            method: "POST",
            key: key,
            query: [S3Parameter("uploadId", id)],
            headers: ["Content-Type": "application/xml"],
            body: Array(text.utf8),
            accepted: [404, 412]
        )
        let answer = try await client.sendUnlessPresent(request)
        switch answer.status {
        case 404: return .gone(answer)
        case 412: return .taken
        default: return .completed
        }
    }

    /// Gives it up, and frees what its parts take.
    func abort() async throws {
        let request = S3Request(
            purpose: "An unfinished upload cannot be given up",
            method: "DELETE",
            key: key,
            query: [S3Parameter("uploadId", id)],
            accepted: [404]
        )
        _ = try await client.send(request)
    }
}

extension S3Client {
    /// Sends a request that makes an object, on the condition that there is none; where a server does not know the condition, without.
    func sendUnlessPresent(_ request: S3Request) async throws -> S3Answer {
        var request = request
        request.headers.set("If-None-Match", "*")
        request.accepted.insert(501)
        let answer = try await send(request)
        guard answer.status == 501 else { return answer }
        request.headers.remove("If-None-Match")
        request.accepted.remove(501)
        return try await send(request)
    }
}
