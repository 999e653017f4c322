/// What a message breaks the protocol with, in a sentence that holds nothing of the message but the names of its members.
package struct ProtocolViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, such as `its recording has no "id"`; follows "the connector broke the protocol: ".
    package let description: String

    /// States what is wrong.
    package init(_ description: String) { self.description = description }
}
