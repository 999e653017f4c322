import RawJSON
package import RecordingKit

/// What a connector is asked with for a recording's media, as text for a ledger, and hashed.
///
/// The title and the platform's own object are left out: they are not needed, and what the ledger does not hold cannot leak from it.
package enum MediaSnapshot {
    /// The text, without the recording's parameters.
    package static func encode(_ recording: Recording) -> [UInt8] { encoded(recording).json }

    /// Reads the text back.
    ///
    /// - Throws: `TapedeckError` with code `ledger_failed`.
    package static func decode(_ text: [UInt8]) throws -> Recording {
        guard case .recording(let recording)? = (try? RecordDecoder().decode(text, as: .recordings))?.record.payload
        else {
            throw TapedeckError(
                .ledgerFailed,
                "the ledger holds a recording that cannot be read; it was changed by another program"
            )
        }
        return recording
    }

    /// Changes when anything changes that the connector is asked with.
    static func revision(of recording: Recording) -> UInt64 {
        let encoded = encoded(recording).fingerprint
        var bytes: [UInt8] = []
        for (name, value) in recording.parameters.sorted(by: { $0.key < $1.key }) {
            bytes += Array(name.utf8) + [0] + Array(value.utf8) + [0]
        }
        return ContentHash.hash(bytes[...], seed: encoded.content ^ encoded.context)
    }

    private static func encoded(_ recording: Recording) -> (json: [UInt8], fingerprint: RecordEncoder.Fingerprint) {
        var bare = recording
        bare.title = nil
        bare.raw = nil
        var encoder = RecordEncoder(source: "-", connector: "-", includesRaw: false)
        // When the host saw it is not part of what the connector is asked with.
        let fingerprint = encoder.encode(bare, observedAt: Timestamp(secondsSince1970: 0))
        return (encoder.json, fingerprint)
    }
}
