import CCurl

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

// These are called on the loop's thread. They stand at file scope so that they inherit no actor.

typealias WriteCallback =
    @Sendable @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int

typealias PrerequestCallback =
    @Sendable @convention(c) (
        UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, Int32, Int32
    ) -> Int32

typealias SocketCallback = @Sendable @convention(c) (UnsafeMutableRawPointer?, curl_socket_t, curlsocktype) -> Int32

/// Keeps a new socket from the processes that the program starts: one of them could hold a connection open.
let prepareSocket: SocketCallback = { _, descriptor, _ in
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return CURL_SOCKOPT_OK
}

/// Takes a part of a body, decompressed.
///
/// Any result but the size of the part ends the transfer.
let receiveBody: WriteCallback = { bytes, size, count, owner in
    guard let owner = unsafe owner else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    transfer.idle.noteActivity(at: .now)
    if transfer.reception.body.isEmpty {
        transfer.reception.expect(length: transfer.handle.size(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
    }
    let length = size * count
    let part = unsafe UnsafeRawBufferPointer(start: bytes, count: length)
    return unsafe transfer.reception.append(part) ? length : 0
}

/// Takes a header line, only to count it: libcurl keeps the fields itself.
let receiveHeader: WriteCallback = { _, size, count, owner in
    guard let owner = unsafe owner else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    transfer.idle.noteActivity(at: .now)
    let length = size * count
    return transfer.reception.countHeader(bytes: length) ? length : 0
}

/// Is called when there is a connection, new or kept, and the request is about to be written.
let beginRequest: PrerequestCallback = { owner, _, _, _, _ in
    guard let owner = unsafe owner else { return CURL_PREREQFUNC_ABORT }
    unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue().idle.noteActivity(at: .now)
    return CURL_PREREQFUNC_OK
}
