extension FolderMediaStore {
    /// Names every file below the root, folder by folder in the order of their names; symbolic links and what else is no folder
    /// are named as files are.
    ///
    /// Left out are, in the root alone, names that begin with a dot, and files whose name begins with `manifest.jsonl`. What
    /// comes or goes meanwhile may be named or not. Memory grows with the number of names in the folders that lead to one file.
    ///
    /// - Throws: `TapedeckError` with code `media_store_failed`, also when there is no root; what `body` throws.
    public func list(_ body: ([String]) async throws -> Void) async throws {
        var found: [String] = []
        // What is still to be looked into, the next one last.
        var folders = [""]
        while let folder = folders.popLast() {
            try Task.checkCancellation()
            let root = root
            let entries = try await calling("The files cannot be listed") {
                try Self.entries(of: folder, root: root)
            }
            var below: [String] = []
            for entry in entries {
                let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
                if entry.isFolder { below.append(path) } else { found.append(path) }
            }
            folders += below.reversed()
            guard found.count >= Self.listingPart else { continue }
            try await body(found)
            found.removeAll(keepingCapacity: true)
        }
        if !found.isEmpty { try await body(found) }
    }

    private static let listingPart = 1_000

    private static func entries(of folder: String, root: String) throws(SystemError) -> [OpenFolder.Entry] {
        let top = try OpenFolder(root)
        guard !folder.isEmpty else { return try top.entries().filter { !isHostsOwn($0) } }
        do throws(SystemError) {
            return try top.folder(folder.split(separator: "/")).entries()
        } catch  where error.isMissing {
            return []
        }
    }

    private static func isHostsOwn(_ entry: OpenFolder.Entry) -> Bool {
        entry.name.hasPrefix(".") || (!entry.isFolder && entry.name.hasPrefix(ManifestFile.name))
    }
}
