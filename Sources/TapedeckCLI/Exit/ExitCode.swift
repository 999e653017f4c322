/// The status with which the program ends; scripts depend on the numbers.
public struct ExitCode: RawRepresentable, Sendable, Hashable {
    /// The number that the operating system gets.
    public let rawValue: Int32

    /// Names a status; use the static members for those that are documented.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Everything that was asked for was done.
    public static let complete = ExitCode(rawValue: 0)
    /// It could not be done.
    public static let failed = ExitCode(rawValue: 1)
    /// It came to an end, but not everything could be read; what was read is kept.
    public static let incomplete = ExitCode(rawValue: 2)
    /// The arguments are wrong (`EX_USAGE`).
    public static let usage = ExitCode(rawValue: 64)
    /// It may work later (`EX_TEMPFAIL`).
    public static let tryLater = ExitCode(rawValue: 75)
    /// Credentials were rejected (`EX_NOPERM`).
    public static let credentialsRejected = ExitCode(rawValue: 77)
    /// The configuration is wrong (`EX_CONFIG`).
    public static let configurationInvalid = ExitCode(rawValue: 78)
}
