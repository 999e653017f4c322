public import RecordingHost
import RecordingKit

extension S3MediaStore {
    /// Takes a file out of reach: the server copies it, what it made is looked at, and then the file is deleted.
    ///
    /// Files above 5 GiB are copied in parts of 1 GiB. In a bucket that keeps versions, the earlier version remains.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when neither place has the file or both have a different one;
    ///   `CancellationError`.
    public func quarantine(_ path: MediaPath) async throws {
        guard !path.isQuarantined else { return }
        try await reporting {
            let (source, target) = (key(path), key(path.quarantined))
            let kept = try await object(target)
            guard let present = try await object(source) else {
                guard kept != nil else { throw StoreFailure.missing(path) }
                return
            }
            if let kept {
                guard Self.isCopy(kept, of: present) else { throw StoreFailure.otherContent(path.quarantined) }
            } else {
                try await copy(present, from: source, to: target)
                guard let made = try await object(target), Self.isCopy(made, of: present) else {
                    throw StoreFailure.damaged(path.quarantined)
                }
            }
            try await removeObject(source)
        }
    }

    private static func isCopy(_ copy: S3Object, of object: S3Object) -> Bool {
        copy.size == object.size && copy.sha256 == object.sha256
            && (object.sha256 != nil || (copy.tag == object.tag && copy.tag != nil))
    }

    private func copy(_ object: S3Object, from source: String, to target: String) async throws {
        let copySource = CopySource(bucket: client.configuration.bucket, key: source, tag: object.tag)
        guard object.size <= sizes.copyBytes else {
            return try await copyParts(of: object, from: copySource, to: target)
        }
        // The description of the object is copied; how the server keeps it is not.
        var headers = ObjectDescription(contentType: nil, sha256: "").headers(client.configuration)
        headers.remove("Content-Type")
        headers.remove("x-amz-meta-sha256")
        for field in copySource.headers.fields { headers.set(field.name, field.value) }
        headers.set("x-amz-checksum-algorithm", "SHA256")
        let request = S3Request(purpose: "A file cannot be copied", method: "PUT", key: target, headers: headers)
        _ = try await client.send(request)
    }

    private func copyParts(of object: S3Object, from source: CopySource, to target: String) async throws {
        guard let sha256 = object.sha256 else {
            throw TapedeckError(
                .mediaStoreFailed,
                "A file above 5 GiB that was not stored with its SHA-256 cannot be taken out of reach; move it by other means."
            )
        }
        for upload in try await MultipartUpload.unfinished(client, key: target) { try await upload.abort() }
        let plan = PartPlan(bytes: object.size, wished: sizes.copyPartBytes)
        let description = ObjectDescription(contentType: object.contentType, sha256: sha256)
        let upload = try await MultipartUpload.create(client, key: target, description)
        var parts: [SentPart] = []
        for number in 1...plan.count {
            parts.append(try await upload.copy(source, plan.range(number), number: number))
        }
        // How it ended is seen by looking at what is there.
        _ = try await upload.complete(parts)
    }
}
