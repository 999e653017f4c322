import JSON5
public import RecordingKit

/// A connector that a file declares, without a program: what the platform is, how it is asked and where things are in its answers.
///
/// Reading a manifest checks all of it; nothing is sent. May be used from many threads.
public struct ConnectorManifest: Sendable {
    /// What the connector is and needs.
    public let descriptor: ConnectorDescriptor
    /// The manifest's own version; nil when it names none.
    public let version: String?
    private let plan: SourcePlan

    /// Reads a manifest.
    ///
    /// - Parameters:
    ///   - bytes: JSON5 in UTF-8.
    ///   - fileName: what the file is called in messages.
    /// - Throws: ``ManifestFailure`` with every problem that was found.
    public init(parsing bytes: [UInt8], fileName: String) throws(ManifestFailure) {
        let log = ProblemLog()
        let document: JSON5Document
        do {
            document = try JSON5Document(keepingRepeatedNames: bytes, fileName: fileName)
        } catch {
            log.add(error.message, at: error.position, path: "")
            throw ManifestFailure(fileName: fileName, problems: log.problems)
        }
        for repeated in document.repeatedNames { log.add(repeated.message, at: repeated.position, path: "") }
        let root = ManifestPlace(node: document.root, path: "")
        guard let model = ManifestModel(root, log: log) else {
            if log.isEmpty { log.add("the manifest cannot be understood", at: root) }
            throw ManifestFailure(fileName: fileName, problems: log.problems)
        }
        descriptor = model.descriptor
        version = model.version
        plan = model.plan
    }

    /// Makes a source from settings that the host has checked against ``descriptor``.
    ///
    /// The source is an ``AccessReporting`` and a ``MediaProviding`` one too; what the descriptor says that the connector produces
    /// tells whether that counts.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when no listing of the manifest is for these settings.
    public func makeSource(settings: Settings) throws -> any RecordingSource {
        try ManifestSource(plan, descriptor: descriptor, settings: settings)
    }

    /// The JSON Schema (draft 2020-12) of manifests, as UTF-8 on one line.
    ///
    /// It takes what this package takes, but for what needs to know the names around it: templates, settings, error codes.
    public static var jsonSchema: [UInt8] { SchemaWriter.schema() }

    /// Every key of a manifest with its meaning, as Markdown.
    public static var reference: String { ReferenceWriter.reference() }
}
