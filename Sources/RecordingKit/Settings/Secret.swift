/// A text that must not be shown: it prints, mirrors and interpolates as `[hidden]`.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package let value: String

    /// Hides `value`.
    public init(_ value: String) { self.value = value }

    /// Always `[hidden]`.
    public var description: String { "[hidden]" }

    /// Always `[hidden]`.
    public var debugDescription: String { "[hidden]" }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
