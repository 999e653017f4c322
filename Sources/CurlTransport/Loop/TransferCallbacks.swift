import CCurl
import RecordingHost

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

typealias OpenSocketCallback =
    @Sendable @convention(c) (
        UnsafeMutableRawPointer?, curlsocktype, UnsafeMutablePointer<curl_sockaddr>?
    ) -> curl_socket_t

/// Keeps a new socket from the processes that the program starts: one of them could hold a connection open.
let prepareSocket: SocketCallback = { _, descriptor, _ in
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return CURL_SOCKOPT_OK
}

/// Takes a part of a body.
///
/// Any result but the size of the part ends the transfer.
let receiveBody: WriteCallback = { bytes, size, count, owner in
    guard let owner = unsafe owner else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    let length = size * count
    let start = unsafe UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self)
    let part = unsafe UnsafeBufferPointer(start: start, count: length)
    return unsafe transfer.receive(part.span) ? length : 0
}

/// Takes a header line, only to count it: libcurl keeps the fields itself.
let receiveHeader: WriteCallback = { _, size, count, owner in
    guard let owner = unsafe owner else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    let length = size * count
    return transfer.countHeader(bytes: length) ? length : 0
}

/// Is called when there is a connection, new or kept, and the request is about to be written.
let beginRequest: PrerequestCallback = { owner, remoteAddress, _, _, _ in
    guard let owner = unsafe owner else { return CURL_PREREQFUNC_ABORT }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    let address = unsafe remoteAddress.flatMap { unsafe NetworkAddress(String(cString: $0)) }
    return transfer.begin(on: address) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// Makes a socket for an address that the request may go to, for any other none.
///
/// libcurl then tries the next address of the name.
let openSocket: OpenSocketCallback = { owner, _, target in
    guard let owner = unsafe owner, let target = unsafe target else { return CURL_SOCKET_BAD }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(owner).takeUnretainedValue()
    guard transfer.exchange.admits(unsafe networkAddress(of: target)) else { return CURL_SOCKET_BAD }
    return unsafe socket(target.pointee.family, target.pointee.socktype, target.pointee.`protocol`)
}

/// The address within a socket address, whose layout is the same on all platforms but for the family.
private func networkAddress(of target: UnsafePointer<curl_sockaddr>) -> NetworkAddress? {
    let range: Range<Int>
    switch unsafe target.pointee.family {
    case AF_INET: range = 4..<8
    case AF_INET6: range = 8..<24
    default: return nil
    }
    guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr),
        unsafe range.upperBound <= Int(target.pointee.addrlen)
    else { return nil }
    // The address is longer than its declaration: libcurl keeps it in a union with the largest of them.
    let bytes = unsafe UnsafeRawBufferPointer(
        start: UnsafeRawPointer(target).advanced(by: offset + range.lowerBound),
        count: range.count
    )
    return NetworkAddress(bytes: unsafe Array(bytes))
}
