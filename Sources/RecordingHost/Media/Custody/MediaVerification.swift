/// What came of comparing the media files with the manifest.
public struct MediaVerification: Sendable {
    /// The manifest's last line when the verification began.
    public package(set) var head = ManifestAnchor.beginning
    /// How many files should be there.
    public package(set) var filesExpected = 0
    /// How many of them were there with the size and the hash that the manifest says.
    public package(set) var filesIntact = 0
    /// How many bytes were read.
    public package(set) var bytesRead: Int64 = 0
    /// How many files of each kind something is wrong with.
    public package(set) var counts: [MediaFinding.Kind: Int] = [:]
    /// The files that something is wrong with, sorted by kind and place; not more than the verifier's limit.
    public package(set) var findings: [MediaFinding] = []
    /// How many lines of the manifest do not continue the chain.
    public package(set) var problemCount = 0
    /// The first of them.
    public package(set) var problems: [ManifestProblem] = []

    /// Whether every file is as it was stored, none is there that should not be, and the chain is unbroken.
    public var isWhole: Bool { problemCount == 0 && counts.isEmpty }
    /// Whether the manifest is the one that was written, from its beginning to its end.
    public var hasWholeChain: Bool { problemCount == 0 }
}

/// A file that something is wrong with.
public struct MediaFinding: Sendable, Hashable {
    /// What is wrong; the set may grow.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        /// The name in `--json` output.
        public let rawValue: String

        /// Names a kind.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The manifest has it and the store has not.
        public static let missing = Kind(rawValue: "missing")
        /// Its size or its content is not what it was.
        public static let changed = Kind(rawValue: "changed")
        /// It is there but cannot be read, or is no file.
        public static let unreadable = Kind(rawValue: "unreadable")
        /// It was purged or moved to quarantine, and lies at its old place still.
        public static let remaining = Kind(rawValue: "remaining")
        /// The store has it and the manifest does not.
        public static let extra = Kind(rawValue: "extra")

        /// All that are known, the worst first.
        public static let all: [Kind] = [.missing, .changed, .unreadable, .remaining, .extra]
    }

    /// What is wrong.
    public let kind: Kind
    /// The file's place, relative to the store's root.
    public let path: String
    /// What was expected and what was found, or nil where the kind says it all.
    public let detail: String?
}

/// A line of the manifest that does not continue the chain, or is missing from it.
public struct ManifestProblem: Sendable, Hashable {
    /// The line in the file, from 1; nil when it is the line that should be there.
    public let line: Int64?
    /// What is wrong.
    public let reason: String
}

/// How far a verification has come.
public struct MediaVerificationProgress: Sendable, Hashable {
    /// How many bytes were read, or need not be because their file is missing.
    public package(set) var bytesDone: Int64 = 0
    /// How many bytes there are to read.
    public package(set) var bytesTotal: Int64 = 0
    /// How many files were looked at.
    public package(set) var filesDone = 0
    /// How many files there are to look at.
    public package(set) var filesTotal = 0
}
