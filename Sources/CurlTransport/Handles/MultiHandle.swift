import CCurl
import RecordingHost

/// The one owner of a libcurl multi handle.
///
/// Confined to one thread at a time, but for ``LoopAlarm``.
@safe
final class MultiHandle {
    private let pointer: UnsafeMutableRawPointer

    init(connections: Int) throws(TransportError) {
        guard let pointer = unsafe curl_multi_init() else {
            throw TransportError(.transportFailed, "libcurl has no memory or descriptors for a loop")
        }
        unsafe self.pointer = pointer
        unsafe cc_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, max(1, connections))
    }

    deinit {
        unsafe curl_multi_cleanup(pointer)
    }

    /// Ends a wait of this handle from any thread.
    var alarm: LoopAlarm { unsafe LoopAlarm(multi: pointer) }

    func add(_ handle: EasyHandle) throws(TransportError) {
        try check(unsafe curl_multi_add_handle(pointer, handle.pointer))
    }

    /// Closes the connection if the transfer is not complete.
    func remove(_ handle: EasyHandle) {
        unsafe curl_multi_remove_handle(pointer, handle.pointer)
    }

    /// Does what can be done without waiting.
    func perform() throws(TransportError) {
        var running: Int32 = 0
        try check(unsafe curl_multi_perform(pointer, &running))
    }

    /// Waits for a socket, a timer of libcurl, the alarm, or the end of `timeout` in milliseconds.
    func wait(milliseconds timeout: Int32) throws(TransportError) {
        try check(unsafe curl_multi_poll(pointer, nil, 0, timeout, nil))
    }

    /// The next transfer that has ended, and how; nil when there is none.
    func nextFinished() -> (transfer: Transfer, result: CURLcode)? {
        var result = CURLE_OK
        guard let easy = unsafe cc_multi_next_done(pointer, &result) else { return nil }
        var owner: UnsafeMutableRawPointer?
        guard unsafe cc_easy_get_pointer(easy, CURLINFO_PRIVATE, &owner) == CURLE_OK, let owner = unsafe owner else {
            return nil
        }
        return (unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue(), result)
    }

    private func check(_ status: CURLMcode) throws(TransportError) {
        guard status == CURLM_OK else {
            throw TransportError(
                .transportFailed,
                "the loop failed: \(unsafe String(cString: curl_multi_strerror(status)))"
            )
        }
    }
}

/// Wakes a loop that waits.
///
/// `curl_multi_wakeup` is the one function that any thread may call. The lock of ``LoopInbox`` holds it against the end of
/// the multi handle: it is called only under that lock and only while the loop has not been told to stop.
@safe
struct LoopAlarm: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer

    init(multi: UnsafeMutableRawPointer) { unsafe self.multi = multi }

    func ring() {
        unsafe curl_multi_wakeup(multi)
    }
}
