import CCurl
import RecordingHost

/// libcurl's own start, once a process.
enum GlobalLibrary {
    private static let status = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Makes sure that libcurl is ready.
    ///
    /// - Throws: `transportFailed` when it cannot be started.
    static func start() throws(TransportError) {
        guard status == CURLE_OK else {
            throw TransportError(.transportFailed, "libcurl cannot be started: \(describe(status))")
        }
    }
}
