extension Fuzzer {
    /// Every fuzzer, by the name of its folder in `Tests/Fuzz/Corpora`.
    static let all: [Fuzzer] = [
        json, link, retryAfter, httpDate, url, json5, configuration, manifest, plugin, csv, ledger,
    ]
}
