/// A failure of the cryptographic library while hashing.
///
/// Input never causes one: it means that memory ran out or that the installed library does not offer the algorithm.
package struct DigestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    package struct Code: Hashable, Sendable {
        /// The library does not offer SHA-256, for example because its providers are misconfigured.
        package static let algorithmUnavailable = Code(name: "algorithm unavailable")
        /// No memory for a hashing context.
        package static let outOfMemory = Code(name: "out of memory")
        /// The library refused an operation on a valid context.
        package static let operationFailed = Code(name: "operation failed")

        let name: String
    }

    package let code: Code
    /// The library function that failed.
    package let function: String

    package var description: String { "libcrypto: \(function): \(code.name)" }
}
