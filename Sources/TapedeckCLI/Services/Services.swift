public import RecordingHost
public import RecordingTestKit

/// What the program around the command line provides: the concrete transport, stores and sinks.
public struct Services: Sendable {
    /// The program's version.
    public var version: String
    /// Where the time comes from.
    public var clock: any HostClock
    /// Sets a transport up, runs the closure with it and takes it down again, also when the closure throws.
    public var withTransport:
        @Sendable (_ body: @Sendable (any HTTPTransport) async throws -> ExitCode) async throws -> ExitCode
    /// Sets a transport for files up that takes at most so many bytes a second, nil for no limit, runs the closure with it and
    /// takes it down again, also when the closure throws.
    public var withMediaTransport:
        @Sendable (_ bytesPerSecond: Int?, _ body: @Sendable (any MediaTransport) async throws -> ExitCode)
            async throws -> ExitCode
    /// Opens, or makes, the ledger at an absolute path for this process alone.
    ///
    /// It throws `TapedeckError` with code `ledger_busy`, and who holds it, or `ledger_failed`.
    public var openLedger: @Sendable (_ path: String) async throws -> any Ledger
    /// Opens an existing ledger at an absolute path only to read it, also while another process writes to it.
    public var openLedgerForReading: @Sendable (_ path: String) async throws -> any Ledger
    /// Opens, or makes, the ledger at an absolute path for reading and renewing tokens, also while another process has it.
    public var openLedgerForTokens: @Sendable (_ path: String) async throws -> any Ledger
    /// Takes the place of the ledger at an absolute path for a repair, which is only tried out when the flag is set; throws as
    /// ``openLedger`` does.
    public var openLedgerForRepair: @Sendable (_ path: String, _ isDryRun: Bool) async throws -> any RepairableLedger
    /// Makes a sink without touching the file system; it throws ``SinkProblem`` when the request is wrong.
    public var makeSink: @Sendable (_ request: SinkRequest) throws -> any Sink
    /// Makes the place for media files without touching it.
    ///
    /// It throws ``MediaStoreProblem`` or `TapedeckError` when the request is wrong. A place that is not on this machine is reached
    /// through the transport, and is of use as long as that is.
    public var makeMediaStore:
        @Sendable (_ request: MediaStoreRequest, _ transport: any HTTPTransport) throws -> any MediaStore

    /// Starts a program that is to be a connector, asks it what it is and ends it again.
    ///
    /// What its processes say to people, then and later, goes to `notice`, from any thread.
    /// It throws `TapedeckError` with code `configuration_invalid` or `connector_failed`.
    public var loadProgram:
        @Sendable (_ request: ProgramRequest, _ notice: @escaping @Sendable (String) -> Void) async throws ->
            FoundConnector
    /// Makes a key of random numbers for the stand-ins of one recording.
    public var makeStandInKey: @Sendable () -> StandInKey

    /// Puts the services together.
    public init(
        version: String,
        clock: any HostClock,
        withTransport:
            @escaping @Sendable (_ body: @Sendable (any HTTPTransport) async throws -> ExitCode) async throws ->
            ExitCode,
        withMediaTransport:
            @escaping @Sendable (
                _ bytesPerSecond: Int?,
                _ body: @Sendable (any MediaTransport) async throws -> ExitCode
            ) async throws -> ExitCode,
        openLedger: @escaping @Sendable (_ path: String) async throws -> any Ledger,
        openLedgerForReading: @escaping @Sendable (_ path: String) async throws -> any Ledger,
        openLedgerForTokens: @escaping @Sendable (_ path: String) async throws -> any Ledger,
        openLedgerForRepair:
            @escaping @Sendable (_ path: String, _ isDryRun: Bool) async throws -> any RepairableLedger,
        makeSink: @escaping @Sendable (_ request: SinkRequest) throws -> any Sink,
        makeMediaStore:
            @escaping @Sendable (_ request: MediaStoreRequest, _ transport: any HTTPTransport) throws -> any MediaStore,
        loadProgram:
            @escaping @Sendable (_ request: ProgramRequest, _ notice: @escaping @Sendable (String) -> Void)
            async throws -> FoundConnector,
        makeStandInKey: @escaping @Sendable () -> StandInKey
    ) {
        self.version = version
        self.clock = clock
        self.withTransport = withTransport
        self.withMediaTransport = withMediaTransport
        self.openLedger = openLedger
        self.openLedgerForReading = openLedgerForReading
        self.openLedgerForTokens = openLedgerForTokens
        self.openLedgerForRepair = openLedgerForRepair
        self.makeSink = makeSink
        self.makeMediaStore = makeMediaStore
        self.loadProgram = loadProgram
        self.makeStandInKey = makeStandInKey
    }

    /// What is named as the writer of what this program writes, such as `tapedeck/1.0.0`.
    var toolName: String { "tapedeck/\(version)" }
}
