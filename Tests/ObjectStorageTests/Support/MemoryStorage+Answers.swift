import Digest
import RecordingHost
import RecordingKit

@testable import ObjectStorage

extension MemoryStorage.State {
    mutating func answer(_ call: StorageCall, bucket: String) throws -> TransportResponse {
        guard call.path == "/\(bucket)" || call.path.hasPrefix("/\(bucket)/") else {
            return .refusal(404, "NoSuchBucket")
        }
        let hash = try SHA256.hash(call.body)
        guard call.headers["x-amz-content-sha256"] == hash.lowercaseHex else {
            return .refusal(400, "XAmzContentSHA256Mismatch")
        }
        if let checksum = call.headers["x-amz-checksum-sha256"], checksum != Base64.encode(hash) {
            return .refusal(400, "BadDigest")
        }
        guard call.path.utf8.count > bucket.utf8.count + 2 else {
            return call["uploads"] != nil ? unfinished(call) : listing(call)
        }
        let key = String(call.path.dropFirst(bucket.count + 2))
        switch (call.method, call["uploadId"]) {
        case ("HEAD", _), ("GET", nil): return content(key, call)
        case ("PUT", nil): return try put(key, call)
        case ("DELETE", nil):
            objects[key] = nil
            return TransportResponse(status: 204)
        case ("POST", nil): return create(key, call)
        case (_, let id?): return try upload(id, call)
        default: return .refusal(405, "MethodNotAllowed")
        }
    }

    private func content(_ key: String, _ call: StorageCall) -> TransportResponse {
        guard let object = objects[key] else {
            return call.method == "HEAD" ? TransportResponse(status: 404) : .refusal(404, "NoSuchKey")
        }
        var headers = object.headers
        headers.set("ETag", tag(object.bytes))
        if let condition = call.headers["If-Match"], condition != tag(object.bytes) {
            return .refusal(412, "PreconditionFailed")
        }
        if call.headers["x-amz-checksum-mode"] != nil, let checksum = object.checksum {
            headers.set("x-amz-checksum-sha256", checksum)
        }
        guard call.method == "GET", let range = call.headers["Range"] else {
            headers.set("Content-Length", "\(object.bytes.count)")
            return TransportResponse(status: 200, headers: headers, body: call.method == "HEAD" ? [] : object.bytes)
        }
        let ends = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        guard ends.count == 2, ends[0] < object.bytes.count else { return .refusal(416, "InvalidRange") }
        return TransportResponse(
            status: 206,
            headers: headers,
            body: Array(object.bytes[ends[0]...min(ends[1], object.bytes.count - 1)])
        )
    }

    private mutating func put(_ key: String, _ call: StorageCall) throws -> TransportResponse {
        if let source = call.headers["x-amz-copy-source"].flatMap({ PercentEncoding.decode($0) }) {
            guard let object = objects[String(source.drop { $0 != "/" }.dropFirst().drop { $0 != "/" }.dropFirst())]
            else {
                return .refusal(404, "NoSuchKey")
            }
            objects[key] = object
            return .document("<CopyObjectResult><ETag>&quot;x&quot;</ETag></CopyObjectResult>")
        }
        if call.headers["If-None-Match"] == "*", objects[key] != nil { return .refusal(412, "PreconditionFailed") }
        let checksum = Base64.encode(try SHA256.hash(call.body))
        objects[key] = MemoryStorage.Object(bytes: call.body, headers: kept(call.headers), checksum: checksum)
        return TransportResponse(status: 200, headers: ["ETag": tag(call.body)])
    }

    private func kept(_ headers: HTTPHeaders) -> HTTPHeaders {
        HTTPHeaders(headers.fields.filter { $0.name == "x-amz-meta-sha256" || $0.name == "Content-Type" })
    }

    private func tag(_ bytes: [UInt8]) -> String { "\"\(MD5.hash(bytes) ?? "")\"" }

    private mutating func create(_ key: String, _ call: StorageCall) -> TransportResponse {
        lastUpload += 1
        uploads["upload \(lastUpload)+/="] = MemoryStorage.Upload(key: key, headers: kept(call.headers))
        return .document(
            "<InitiateMultipartUploadResult><UploadId>upload \(lastUpload)+/=</UploadId></InitiateMultipartUploadResult>"
        )
    }

    private mutating func upload(_ id: String, _ call: StorageCall) throws -> TransportResponse {
        guard let upload = uploads[id] else { return .refusal(404, "NoSuchUpload") }
        switch call.method {
        case "PUT":
            guard let number = call["partNumber"].flatMap({ Int($0) }) else { return .refusal(400, "InvalidArgument") }
            if let range = call.headers["x-amz-copy-source-range"], let source = call.headers["x-amz-copy-source"] {
                let ends = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
                let key = source.split(separator: "/").dropFirst().joined(separator: "/")
                let bytes = Array(objects[PercentEncoding.decode(key) ?? ""]?.bytes[ends[0]...ends[1]] ?? [])
                uploads[id]?.parts[number] = bytes
                return .document("<CopyPartResult><ETag>\(XMLText.encode(tag(bytes)))</ETag></CopyPartResult>")
            }
            uploads[id]?.parts[number] = call.body
            return TransportResponse(status: 200, headers: ["ETag": tag(call.body)])
        case "GET": return try parts(upload, call)
        case "DELETE":
            uploads[id] = nil
            return TransportResponse(status: 204)
        default: return try complete(id, upload, call)
        }
    }

    private func parts(_ upload: MemoryStorage.Upload, _ call: StorageCall) throws -> TransportResponse {
        let marker = call["part-number-marker"].flatMap { Int($0) } ?? 0
        let numbers = upload.parts.keys.sorted().filter { $0 > marker }
        let entries = try numbers.prefix(2).map { number in
            let bytes = upload.parts[number, default: []]
            return "<Part><PartNumber>\(number)</PartNumber><ETag>\(XMLText.encode(tag(bytes)))</ETag>"
                + "<Size>\(bytes.count)</Size><ChecksumSHA256>\(Base64.encode(try SHA256.hash(bytes)))</ChecksumSHA256></Part>"
        }
        let rest = numbers.count > 2 ? "<NextPartNumberMarker>\(numbers[1])</NextPartNumberMarker>" : ""
        return .document(
            "<ListPartsResult><IsTruncated>\(numbers.count > 2)</IsTruncated>\(rest)\(entries.joined())</ListPartsResult>"
        )
    }

    private mutating func complete(
        _ id: String,
        _ upload: MemoryStorage.Upload,
        _ call: StorageCall
    ) throws -> TransportResponse {
        if call.headers["If-None-Match"] == "*", objects[upload.key] != nil {
            return .refusal(412, "PreconditionFailed")
        }
        var bytes: [UInt8] = []
        var hash = try SHA256()
        let named = try XMLReader.read(call.body).all("Part")
        for entry in named {
            guard let part = entry["PartNumber"].flatMap({ Int($0) }).flatMap({ upload.parts[$0] }),
                entry["ETag"] == tag(part)
            else { return .refusal(400, "InvalidPart") }
            let digest = try SHA256.hash(part)
            if let checksum = entry["ChecksumSHA256"], checksum != Base64.encode(digest) {
                return .refusal(400, "InvalidPart")
            }
            try hash.update(digest)
            bytes += part
        }
        let checksum = Base64.encode(try hash.finalize()) + "-\(named.count)"
        objects[upload.key] = MemoryStorage.Object(bytes: bytes, headers: upload.headers, checksum: checksum)
        uploads[id] = nil
        return .document("<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>")
    }

    private func unfinished(_ call: StorageCall) -> TransportResponse {
        let found = uploads.filter { $0.value.key.hasPrefix(call["prefix"] ?? "") }.sorted { $0.key < $1.key }
        let entries = found.map {
            "<Upload><Key>\(XMLText.encode($0.value.key))</Key><UploadId>\($0.key)</UploadId></Upload>"
        }
        return .document(
            "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>\(entries.joined())</ListMultipartUploadsResult>"
        )
    }

    private func listing(_ call: StorageCall) -> TransportResponse {
        let start = call["continuation-token"] ?? ""
        let keys = objects.keys.filter { $0.hasPrefix(call["prefix"] ?? "") }.sorted().filter { $0 > start }
        let entries = keys.prefix(2).map { "<Contents><Key>\(PercentEncoding.encode($0))</Key></Contents>" }
        let next = keys.count > 2 ? "<NextContinuationToken>\(XMLText.encode(keys[1]))</NextContinuationToken>" : ""
        return .document(
            "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>\(keys.count > 2)</IsTruncated>\(next)"
                + "\(entries.joined())</ListBucketResult>"
        )
    }
}
