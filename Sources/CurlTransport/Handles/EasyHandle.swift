import CCurl
import RecordingHost

/// The one owner of a libcurl easy handle and of the header list that it points to.
///
/// Confined to one thread at a time.
@safe
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// Whether the options that are the same for all transfers of a loop are set.
    var hasCommonOptions = false
    private var headerList: UnsafeMutablePointer<curl_slist>?

    init() throws(TransportError) {
        guard let pointer = unsafe curl_easy_init() else {
            throw TransportError(.transportFailed, "libcurl has no memory for a handle")
        }
        unsafe self.pointer = pointer
        unsafe headerList = nil
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe curl_slist_free_all(headerList)
    }

    /// Forgets everything that was set; connections and caches are the multi handle's and stay.
    func reset() {
        hasCommonOptions = false
        unsafe curl_easy_reset(pointer)
        unsafe curl_slist_free_all(headerList)
        unsafe headerList = nil
    }

    func set(_ option: CURLoption, _ value: Int) throws(TransportError) {
        try check(unsafe cc_easy_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(TransportError) {
        try check(unsafe cc_easy_set_text(pointer, option, value))
    }

    /// `value` must outlive the transfer; it is not retained.
    func set(_ option: CURLoption, unretained value: AnyObject) throws(TransportError) {
        try check(unsafe cc_easy_set_pointer(pointer, option, Unmanaged.passUnretained(value).toOpaque()))
    }

    func set(_ option: CURLoption, _ callback: WriteCallback) throws(TransportError) {
        try check(unsafe cc_easy_set_write(pointer, option, callback))
    }

    func set(_ option: CURLoption, _ callback: PrerequestCallback) throws(TransportError) {
        try check(unsafe cc_easy_set_prerequest(pointer, option, callback))
    }

    func set(_ option: CURLoption, _ callback: SocketCallback) throws(TransportError) {
        try check(unsafe cc_easy_set_socket(pointer, option, callback))
    }

    func set(_ option: CURLoption, _ callback: OpenSocketCallback) throws(TransportError) {
        try check(unsafe cc_easy_set_open_socket(pointer, option, callback))
    }

    /// Copies `body`; its size must be told first, as it may hold zeros.
    func setContent(_ body: [UInt8]) throws(TransportError) {
        try check(unsafe cc_easy_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        let status = unsafe body.withUnsafeBytes { buffer in
            unsafe cc_easy_set_bytes(pointer, CURLOPT_COPYPOSTFIELDS, buffer.baseAddress ?? UnsafeRawPointer(pointer))
        }
        try check(status)
    }

    /// Takes the place of the list that was set before.
    func setHeaders(_ lines: [String]) throws(TransportError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = unsafe curl_slist_append(list, line) else {
                unsafe curl_slist_free_all(list)
                throw TransportError(.transportFailed, describe(CURLE_OUT_OF_MEMORY))
            }
            unsafe list = longer
        }
        unsafe curl_slist_free_all(headerList)
        unsafe headerList = list
        try check(unsafe cc_easy_set_list(pointer, CURLOPT_HTTPHEADER, list))
    }

    /// Leaves what comes in the socket until ``resumeReceiving()``.
    func pauseReceiving() {
        unsafe curl_easy_pause(pointer, CURLPAUSE_RECV)
    }

    func resumeReceiving() {
        unsafe curl_easy_pause(pointer, CURLPAUSE_CONT)
    }

    func integer(_ info: CURLINFO) -> Int {
        var value = 0
        return unsafe cc_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func size(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return unsafe cc_easy_get_size(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    /// The header fields of the last answer: not those of interim answers, of a proxy's answer to `CONNECT`, or trailers.
    func forEachHeader(_ body: (_ name: String, _ value: String) -> Void) {
        var next = unsafe curl_easy_nextheader(pointer, UInt32(CURLH_HEADER), -1, nil)
        while let header = unsafe next {
            unsafe body(String(cString: header.pointee.name), String(cString: header.pointee.value))
            unsafe next = curl_easy_nextheader(pointer, UInt32(CURLH_HEADER), -1, header)
        }
    }

    private func check(_ status: CURLcode) throws(TransportError) {
        guard status == CURLE_OK else {
            throw TransportError(.transportFailed, "libcurl refused an option: \(describe(status))")
        }
    }
}
