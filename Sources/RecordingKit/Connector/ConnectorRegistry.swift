/// The connectors that a program offers; a value, made by the program and handed to the host.
public struct ConnectorRegistry: Sendable {
    /// A connector as the registry keeps it: what it is, and how to make a source of it.
    public struct Entry: Sendable {
        /// What the connector is and needs.
        public let descriptor: ConnectorDescriptor
        /// How it came into the program.
        public let origin: ConnectorOrigin
        /// Makes a source from settings that were checked against the descriptor.
        public let makeSource: @Sendable (Settings) throws -> any RecordingSource
    }

    private var entriesByID: [String: Entry] = [:]

    /// Makes an empty registry.
    public init() {}

    /// Adds a connector that is compiled in.
    ///
    /// - Throws: as ``register(_:origin:makeSource:)`` does.
    public mutating func register<Source: Connector>(_ type: Source.Type) throws {
        try register(Source.connector) { settings in try Source(settings: settings) }
    }

    /// Adds a connector whose descriptor is known only at run time.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when its id is taken or not well formed, or when its
    ///   settings contradict themselves (see ``SettingsSpecification/contradictions``), or when its windows cannot be cut short
    ///   enough.
    public mutating func register(
        _ descriptor: ConnectorDescriptor,
        origin: ConnectorOrigin = .compiledIn,
        makeSource: @escaping @Sendable (Settings) throws -> any RecordingSource
    ) throws {
        guard !descriptor.id.isEmpty, descriptor.id.utf8.allSatisfy(ConnectorRegistry.isIDByte) else {
            throw TapedeckError(
                .configurationInvalid,
                "The connector id \"\(descriptor.id)\" must be lower-case letters, digits and underscores."
            )
        }
        guard entriesByID[descriptor.id] == nil else {
            throw TapedeckError(
                .configurationInvalid,
                "A connector with the id \"\(descriptor.id)\" is registered already."
            )
        }
        if let contradiction = descriptor.settings.contradictions.first ?? descriptor.windowRules.contradiction {
            throw TapedeckError(
                .configurationInvalid,
                "The connector \"\(descriptor.id)\" is not sound: \(contradiction)"
            )
        }
        entriesByID[descriptor.id] = Entry(descriptor: descriptor, origin: origin, makeSource: makeSource)
    }

    /// The connector with this id, or nil.
    public subscript(id: String) -> Entry? { entriesByID[id] }

    /// All connectors, ordered by id.
    public var entries: [Entry] {
        entriesByID.values.sorted { $0.descriptor.id < $1.descriptor.id }
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"): true
        default: false
        }
    }
}
