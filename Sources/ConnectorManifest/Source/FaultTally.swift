import RecordingKit

/// Counts what of a listing could not be used, so that it can be told when everything else was handed over.
struct FaultTally {
    private var unusable: [String: Int] = [:]
    private var failedValues: [String: Int] = [:]

    /// Whether everything could be used.
    var isEmpty: Bool { unusable.isEmpty && failedValues.isEmpty }

    /// Counts a row that nothing can be made of.
    ///
    /// - Parameter what: what it is, so that it fits one and many: `recording(s) without an id`.
    mutating func addUnusable(_ what: String) { unusable[what, default: 0] += 1 }

    /// Counts a value that is there and is not what was declared.
    mutating func addFailedValue(of field: String) { failedValues[field, default: 0] += 1 }

    /// Takes over another count.
    mutating func add(_ other: FaultTally) {
        unusable.merge(other.unusable, uniquingKeysWith: +)
        failedValues.merge(other.failedValues, uniquingKeysWith: +)
    }

    /// The counts as an error; nil when there are none.
    func failure(platform: String) -> TapedeckError? {
        guard !isEmpty else { return nil }
        let rows = unusable.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let values = failedValues.sorted { $0.key < $1.key }.map { field, count in
            "\(count) \(count == 1 ? "value" : "values") of \(field) that \(count == 1 ? "is" : "are") not what the manifest declares"
        }
        let list = (rows + values).joined(separator: ", ")
        return TapedeckError(.malformedResponse, "\(platform) sent \(list); everything else was read.")
    }

    /// Ends a reading that held something unusable.
    func require(platform: String) throws(TapedeckError) {
        if let failure = failure(platform: platform) { throw failure }
    }
}
