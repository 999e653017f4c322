#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A TCP descriptor on the loopback interface.
///
/// Its owner closes it, once.
struct StreamSocket: Sendable, Hashable {
    let descriptor: Int32

    /// Opens a listening socket on 127.0.0.1; port 0 lets the system choose.
    static func listening(port: UInt16) throws(SimulatorError) -> (socket: StreamSocket, port: UInt16) {
        #if canImport(Glibc)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw .socket(call: "socket", code: errno) }
        let listener = StreamSocket(descriptor: descriptor)
        listener.closeOnExec()
        listener.setOption(SOL_SOCKET, SO_REUSEADDR, 1)
        do {
            return (listener, try listener.bindAndListen(port: port))
        } catch {
            listener.close()
            throw error
        }
    }

    private func bindAndListen(port: UInt16) throws(SimulatorError) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw .socket(call: "bind", code: errno) }
        guard listen(descriptor, 1024) == 0 else { throw .socket(call: "listen", code: errno) }
        let named = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        guard named == 0 else { throw .socket(call: "getsockname", code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Takes the next connection, or `nil` when there is none to take after all.
    func accept() -> StreamSocket? {
        #if canImport(Glibc)
        let accepted = Glibc.accept(descriptor, nil, nil)
        #else
        let accepted = Darwin.accept(descriptor, nil, nil)
        #endif
        guard accepted >= 0 else { return nil }
        let connection = StreamSocket(descriptor: accepted)
        connection.closeOnExec()
        connection.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        #if canImport(Darwin)
        connection.setOption(SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
        return connection
    }

    /// Fills the buffer from its start; zero or less means that the peer is done or gone.
    func receive(into buffer: inout [UInt8]) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count < 0, errno == EINTR { continue }
            return count
        }
    }

    /// Sends everything, and says whether the peer took it.
    func send(_ bytes: [UInt8]) -> Bool {
        send(bytes, in: bytes.indices)
    }

    /// Sends a part of some bytes, and says whether the peer took it.
    func send(_ bytes: [UInt8], in part: Range<Int>) -> Bool {
        #if canImport(Glibc)
        let flags = Int32(MSG_NOSIGNAL)
        #else
        let flags: Int32 = 0
        #endif
        return unsafe bytes.withUnsafeBytes { buffer in
            var sent = part.lowerBound
            while sent < part.upperBound {
                #if canImport(Glibc)
                let count = unsafe Glibc.send(
                    descriptor,
                    buffer.baseAddress?.advanced(by: sent),
                    part.upperBound - sent,
                    flags
                )
                #else
                let count = unsafe Darwin.send(
                    descriptor,
                    buffer.baseAddress?.advanced(by: sent),
                    part.upperBound - sent,
                    flags
                )
                #endif
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Waits until the peer hangs up, the socket is shut down or the time is over.
    /// - Returns: whether the connection is still whole.
    func staysOpen(milliseconds: Int32) -> Bool {
        var entry = pollfd()
        entry.fd = descriptor
        #if canImport(Glibc)
        // POLLRDHUP, which the C library shows to GNU sources only.
        entry.events = 0x2000
        #endif
        return unsafe poll(&entry, 1, milliseconds) == 0
    }

    /// Waits for input on either of two descriptors, and says whether the first has some.
    static func waitForInput(_ first: Int32, _ second: Int32) -> Bool {
        var entries = [pollfd(), pollfd()]
        entries[0].fd = first
        entries[0].events = Int16(POLLIN)
        entries[1].fd = second
        entries[1].events = Int16(POLLIN)
        let ready = unsafe entries.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, -1) }
        return ready > 0 && entries[0].revents != 0
    }

    func shutDown() {
        _ = shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func close() {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #else
        _ = Darwin.close(descriptor)
        #endif
    }

    /// Makes the following close send a reset in place of an orderly end.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        _ = unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private func closeOnExec() {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
}
