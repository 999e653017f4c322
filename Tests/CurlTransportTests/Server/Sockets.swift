import Foundation

/// The socket calls of the server, one name for all platforms.
enum Sockets {
    struct Failure: Error {
        let function: String
        let code: Int32
    }

    #if canImport(Darwin)
    private static let stream = SOCK_STREAM
    private static let sendFlags: Int32 = 0
    #else
    private static let stream = Int32(SOCK_STREAM.rawValue)
    private static let sendFlags = Int32(MSG_NOSIGNAL)
    #endif

    /// A listening socket on a free loopback port.
    static func listen(backlog: Int32 = 1024) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { throw Failure(function: "socket", code: errno) }
        closeInChildren(descriptor)
        let bound = unsafe withAddress(port: 0) { address, length in unsafe bind(descriptor, address, length) }
        guard bound == 0, Foundation.listen(descriptor, backlog) == 0, let port = localPort(of: descriptor) else {
            closeQuietly(descriptor)
            throw Failure(function: "bind", code: errno)
        }
        return (descriptor, port)
    }

    /// A socket that is connected to a loopback port, or below 0.
    static func connect(to port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, stream, 0)
        _ = unsafe withAddress(port: port) { address, length in
            unsafe Foundation.connect(descriptor, address, length)
        }
        return descriptor
    }

    /// A socket that goes on connecting to a loopback port by itself, or below 0.
    static func startConnecting(to port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, stream, 0)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = unsafe withAddress(port: port) { address, length in
            unsafe Foundation.connect(descriptor, address, length)
        }
        return descriptor
    }

    static func closeQuietly(_ descriptor: Int32) {
        if descriptor >= 0 { close(descriptor) }
    }

    static func prepare(_ descriptor: Int32) {
        closeInChildren(descriptor)
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
        #if canImport(Darwin)
        set(descriptor, SOL_SOCKET, SO_NOSIGPIPE, Int32(1))
        #endif
    }

    /// Without this, a process that a test starts would hold the connection open.
    private static func closeInChildren(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Makes the next close send a reset.
    static func resetOnClose(_ descriptor: Int32) {
        set(descriptor, SOL_SOCKET, SO_LINGER, linger(l_onoff: 1, l_linger: 0))
    }

    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes { part in
                unsafe Foundation.send(descriptor, part.baseAddress, part.count, sendFlags)
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// What has come, at least one byte; empty at the end.
    static func receive(from descriptor: Int32) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            unsafe count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
        }
    }

    /// Waits for bytes or the end; false when neither has come in time.
    static func waitForInput(on descriptor: Int32, milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&watched, 1, milliseconds) > 0
    }

    /// How many of this process's descriptors are connections to or from a loopback port.
    static func connections(withPort port: UInt16) -> Int {
        (0..<Int32(4096)).count { localPort(of: $0) == port || remotePort(of: $0) == port }
    }

    /// How many descriptors this process has open, below 4096.
    static func openDescriptors() -> Int {
        (0..<Int32(4096)).count { fcntl($0, F_GETFD) >= 0 }
    }

    private static func localPort(of descriptor: Int32) -> UInt16? {
        unsafe port(of: descriptor) { unsafe getsockname($0, $1, $2) }
    }

    private static func remotePort(of descriptor: Int32) -> UInt16? {
        unsafe port(of: descriptor) { unsafe getpeername($0, $1, $2) }
    }

    private static func port(
        of descriptor: Int32,
        _ read: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe read(descriptor, $0, &length) }
        }
        guard status == 0, Int32(address.sin_family) == AF_INET else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func withAddress(
        port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func set<Value>(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Value) {
        unsafe withUnsafeBytes(of: value) { bytes in
            _ = unsafe setsockopt(descriptor, level, option, bytes.baseAddress, socklen_t(bytes.count))
        }
    }
}
