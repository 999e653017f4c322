import RecordingKit

/// What the sources of one run have in common for fetching media.
struct MediaDesk: Sendable {
    private let facilities: MediaFacilities
    private let vault: MediaVault
    private let ledger: any Ledger
    private let recorder: Recorder
    private let slots: MediaSlots

    init(facilities: MediaFacilities, vault: MediaVault, ledger: any Ledger, recorder: Recorder) {
        self.facilities = facilities
        self.vault = vault
        self.ledger = ledger
        self.recorder = recorder
        slots = MediaSlots(count: facilities.settings.parallelTransfers)
    }

    /// What fetches a source's media; nil when they are not wanted.
    func run(_ assembly: SourceAssembly, _ reader: ListingReader) -> MediaRun? {
        guard reader.origin.readsMedia, let offer = assembly.descriptor.media,
            let source = assembly.source as? any MediaProviding
        else { return nil }
        return MediaRun(
            worker: MediaWorker(
                source: source,
                offer: offer,
                sender: reader.sender,
                origin: reader.origin,
                recorder: recorder,
                ledger: ledger,
                monitor: reader.monitor,
                clock: reader.clock,
                vault: vault,
                transfer: MediaTransfer(reader.sender, transport: facilities.transport),
                whenWithdrawn: facilities.settings.whenWithdrawn,
                retention: facilities.settings.retention
            ),
            slots: slots,
            bell: reader.bell
        )
    }
}
