import RawJSON

/// Takes members out of a platform's object before it is handed on: passwords, and links that carry a credential.
struct Withholding: Sendable, Hashable {
    private let paths: [ValuePath]

    /// Reads the paths of what is taken out.
    init(_ paths: [String]) throws(ValueProblem) {
        self.paths = try paths.map { text throws(ValueProblem) in
            let path = try ValuePath(text)
            guard !path.isEmpty else {
                throw ValueProblem("the empty path is the row itself; to hand on nothing of it, leave raw out")
            }
            return path
        }
    }

    /// The value without what its paths lead to.
    ///
    /// A value that none of the paths lead into stays as it is, byte for byte; so does every part of one that is changed, except for
    /// white space around what is rewritten. A member that occurs more than once goes with all its repeats.
    func apply(to value: JSONValue) throws -> JSONValue {
        let present = paths.filter { $0.first(in: value) != nil }
        guard !present.isEmpty else { return value }
        var writer = JSONWriter(reservingCapacity: value.rawBytes.count)
        Withholding.write(value, without: present.map { Withholding.tokens($0)[...] }, to: &writer)
        return try JSONDocument(parsing: writer.bytes).root
    }

    /// A path's segments; nil stands for every one.
    private static func tokens(_ path: ValuePath) -> [String?] {
        path.steps.flatMap { step -> [String?] in
            switch step {
            case .token(let pointer): pointer.tokens
            case .every: [nil]
            }
        }
    }

    private static func write(_ value: JSONValue, without paths: [ArraySlice<String?>], to writer: inout JSONWriter) {
        guard !paths.isEmpty else { return writer.raw(value) }
        switch value.kind {
        case .object:
            writer.beginObject()
            for member in value.members {
                guard let inner = narrow(paths, to: member.name) else { continue }
                writer.name(member.name)
                write(member.value, without: inner, to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for (position, element) in value.elements.enumerated() {
                guard let inner = narrow(paths, to: String(position)) else { continue }
                write(element, without: inner, to: &writer)
            }
            writer.endArray()
        default: writer.raw(value)
        }
    }

    /// What of the paths goes on below a name; nil when one ends there, so that all below it is taken out.
    private static func narrow(_ paths: [ArraySlice<String?>], to name: String) -> [ArraySlice<String?>]? {
        var inner: [ArraySlice<String?>] = []
        for path in paths where path.first == .some(nil) || path.first == .some(name) {
            if path.count == 1 { return nil }
            inner.append(path.dropFirst())
        }
        return inner
    }
}
