import RecordingKit

/// The media folder of a run: what is spooled, the store, and the manifest that says what was done with each file.
///
/// A file is put in its place first, then the manifest says so, then sinks and ledger: a run that is killed in between is carried
/// on from the ledger's journal, and finds its own line in the manifest again.
actor MediaVault {
    let store: any MediaStore
    /// The folder of files that are not complete.
    nonisolated let spool: String
    /// What names the manifest in the ledger.
    nonisolated let folder: String
    private let manifest: Manifest
    private let clock: any HostClock
    /// What a killed run has written into the manifest and the ledger does not know, by path.
    private var uncommitted: [String: ManifestEntry.Draft] = [:]
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Opens the folder, which is made where it is missing.
    ///
    /// - Throws: `TapedeckError`: `media_store_failed`, `ledger_busy`, `no_space`, `ledger_failed`.
    static func open(_ facilities: MediaFacilities, ledger: any Ledger, clock: any HostClock) async throws -> MediaVault
    {
        let folder = FilePath.absolute(facilities.settings.directory)
        let manifest = try await Manifest.open(
            folder: folder,
            knownHead: try await ledger.manifestHead(in: folder),
            tool: facilities.tool
        )
        let spool = folder + "/.spool"
        do {
            try await BlockingCalls.run {
                try FilePath.makeFolder(spool)
                try FilePath.setPermissions(spool, 0o700)
            }
        } catch {
            throw TapedeckError(.mediaStoreFailed, "The folder for unfinished files cannot be made: \(error).")
        }
        let vault = MediaVault(folder: folder, spool: spool, store: facilities.store, manifest: manifest, clock: clock)
        try await vault.adopt()
        return vault
    }

    private init(folder: String, spool: String, store: any MediaStore, manifest: Manifest, clock: any HostClock) {
        self.folder = folder
        self.spool = spool
        self.store = store
        self.manifest = manifest
        self.clock = clock
    }

    private func adopt() async throws {
        while let (entries, _) = try await manifest.nextUncommitted() {
            for entry in entries { uncommitted[entry.draft.path.text] = entry.draft }
        }
    }

    /// How many bytes the file system of the folder still takes; nil when it does not say.
    nonisolated var freeSpace: Int64? { FilePath.freeSpace(folder) }

    /// Puts a complete file in its place, writes it into the manifest, and has `record` note it together with the manifest's head.
    ///
    /// Doing it again after a kill does no harm.
    func keep(
        _ file: SpooledMedia,
        _ draft: ManifestEntry.Draft,
        record: (_ head: ManifestHead) async throws -> Void
    ) async throws {
        try await store.store(file, at: draft.path)
        try await write([draft], record: record)
    }

    /// Writes into the manifest what is about to be done with files, does it, and has `record` note it.
    func act(
        _ drafts: [ManifestEntry.Draft],
        _ action: (any MediaStore) async throws -> Void,
        record: (_ head: ManifestHead) async throws -> Void
    ) async throws {
        await enter()
        defer { leave() }
        let head = try await append(drafts)
        try await action(store)
        try await record(head)
    }

    private func write(
        _ drafts: [ManifestEntry.Draft],
        record: (_ head: ManifestHead) async throws -> Void
    ) async throws {
        // Heads reach the ledger in the order of the manifest: what the ledger knows of it is then always known of its files too.
        await enter()
        defer { leave() }
        try await record(try await append(drafts))
    }

    private func append(_ drafts: [ManifestEntry.Draft]) async throws -> ManifestHead {
        let fresh = drafts.filter { draft in
            guard let known = uncommitted.removeValue(forKey: draft.path.text) else { return true }
            return known.action != draft.action || known.sha256 != draft.sha256 || known.bytes != draft.bytes
        }
        return try await manifest.append(fresh, at: clock.now.toMilliseconds)
    }

    private func enter() async {
        if isBusy {
            await withCheckedContinuation { waiting.append($0) }
        } else {
            isBusy = true
        }
    }

    private func leave() {
        if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
    }
}
