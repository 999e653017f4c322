import JSON5
import RecordingKit

extension ConfigurationReader {
    /// A place for media files without its local folder.
    typealias MediaPlace = (kind: String, objectStorage: ObjectStorageRequest?)

    private static let storePath = ["media", "store"]
    private static let bucketNames = [
        "bucket", "endpoint", "region", "prefix", "accessKeyID", "secretAccessKey", "sessionToken", "pathStyle",
        "serverSideEncryption", "kmsKeyID", "storageClass", "partSize",
    ]
    private static let encryptionNames = ["AES256", "aws:kms"]
    private static let partLimits: ClosedRange<Int64> = 5 << 20...1 << 30

    /// What `media.store` says; nil when that cannot be understood.
    ///
    /// Whether there is such a kind of place is for those to say who make it.
    mutating func mediaPlace(_ node: JSON5Node) -> MediaPlace? {
        let kindNode = node.node(at: ["kind"])
        let isFolder = kindNode?.string == MediaStoreRequest.folder
        let known = ["kind"] + (isFolder ? [] : Self.bucketNames)
        guard let members = members(of: node, at: Self.storePath, knownNames: known) else { return nil }
        guard let kindNode else {
            report(Self.storePath, node, "\"kind\" is missing, such as \"\(MediaStoreRequest.folder)\".")
            return nil
        }
        guard let kind = text(kindNode, at: Self.storePath + ["kind"]) else { return nil }
        guard kind == MediaStoreRequest.objectStorage else { return (kind, nil) }
        return objectStorage(members, node).map { (kind, $0) }
    }

    private mutating func objectStorage(_ members: [String: JSON5Node], _ node: JSON5Node) -> ObjectStorageRequest? {
        let before = errorCount
        require(
            [
                ("bucket", "bucket: \"recordings\""),
                ("region", "region: \"eu-central-1\""),
                ("accessKeyID", "accessKeyID: \"${env:AWS_ACCESS_KEY_ID}\""),
                ("secretAccessKey", "secretAccessKey: \"${env:AWS_SECRET_ACCESS_KEY}\""),
            ],
            in: members,
            node
        )
        let bucket = option("bucket", in: members)
        let region = region(in: members)
        let accessKeyID = option("accessKeyID", in: members)
        let secretAccessKey = secretOption("secretAccessKey", in: members)
        let endpoint = option("endpoint", in: members)
        let prefix = members["prefix"].flatMap { text($0, at: Self.storePath + ["prefix"]) }
        let sessionToken = secretOption("sessionToken", in: members)
        let pathStyle = members["pathStyle"].flatMap { boolean($0, at: Self.storePath + ["pathStyle"]) }
        let (encryption, keyID) = encryption(in: members)
        let storageClass = option("storageClass", in: members)
        let partBytes = partBytes(in: members)
        guard errorCount == before, let bucket, let region, let accessKeyID, let secretAccessKey else { return nil }
        var request = ObjectStorageRequest(
            bucket: bucket,
            region: region,
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey
        )
        request.endpoint = endpoint
        request.prefix = prefix ?? ""
        request.sessionToken = sessionToken
        request.usesPathStyle = pathStyle ?? false
        request.serverSideEncryption = encryption
        request.kmsKeyID = keyID
        request.storageClass = storageClass
        request.partBytes = partBytes
        return request
    }

    private mutating func require(
        _ options: [(name: String, example: String)],
        in members: [String: JSON5Node],
        _ node: JSON5Node
    ) {
        for option in options where members[option.name] == nil {
            report(Self.storePath, node, "\"\(option.name)\" is missing; write \(option.example).")
        }
    }

    private mutating func region(in members: [String: JSON5Node]) -> String? {
        guard let node = members["region"], let name = option("region", in: members) else { return nil }
        let isName = name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        if !isName {
            report(Self.storePath + ["region"], node, "Expected the name of a region such as \"eu-central-1\".")
        }
        return name
    }

    private mutating func encryption(in members: [String: JSON5Node]) -> (name: String?, keyID: String?) {
        let name = option("serverSideEncryption", in: members)
        if let name, let node = members["serverSideEncryption"], !Self.encryptionNames.contains(name) {
            let shown = Self.encryptionNames.map { "\"\($0)\"" }.joined(separator: ", ")
            let suggestion = nearestName(to: name, among: Self.encryptionNames)
            report(
                Self.storePath + ["serverSideEncryption"],
                node,
                "Expected one of \(shown).",
                suggestion: suggestion
            )
        }
        let keyID = option("kmsKeyID", in: members)
        if keyID != nil, let node = members["kmsKeyID"], name != "aws:kms" {
            let message = "This key is used with serverSideEncryption: \"aws:kms\" alone; write that too."
            report(Self.storePath + ["kmsKeyID"], node, message)
        }
        return (name, keyID)
    }

    private mutating func partBytes(in members: [String: JSON5Node]) -> Int? {
        let path = Self.storePath + ["partSize"]
        guard let node = members["partSize"], let bytes = size(node, at: path) else { return nil }
        guard Self.partLimits.contains(bytes) else {
            report(path, node, "Expected a size from \"6MB\" to \"1GB\".")
            return nil
        }
        return Int(bytes)
    }

    /// A text that is not empty; nil when it is missing, or wrong, which is reported.
    private mutating func option(_ name: String, in members: [String: JSON5Node]) -> String? {
        let path = Self.storePath + [name]
        guard let node = members[name], let text = text(node, at: path) else { return nil }
        guard !text.isEmpty else {
            report(path, node, "Expected a text, found an empty one.")
            return nil
        }
        return text
    }

    /// A secret; one that stands in the file itself is warned about.
    private mutating func secretOption(_ name: String, in members: [String: JSON5Node]) -> Secret? {
        guard let text = option(name, in: members), let node = members[name] else { return nil }
        if let written = node.string, !substitution.resolve(written).isSubstituted {
            warnAboutSecret(at: Self.storePath + [name], node)
        }
        return Secret(text)
    }
}
