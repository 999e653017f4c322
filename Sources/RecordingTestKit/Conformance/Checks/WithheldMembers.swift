import RawJSON

/// What a connector says that it takes out of the platform's objects.
struct WithheldMembers {
    /// The segments of each pointer; nil stands for every one.
    private let paths: [ArraySlice<String?>]

    init(_ pointers: [String]) {
        paths = pointers.compactMap { text in
            guard let pointer = try? JSONPointer(parsing: text), !pointer.tokens.isEmpty else { return nil }
            return pointer.tokens.map { $0 == "*" ? nil : $0 }[...]
        }
    }

    /// Whether `raw` is some object of an answer without what is withheld, and otherwise the same byte for byte.
    func explain(_ raw: JSONValue, in body: [UInt8]) -> Bool {
        guard !paths.isEmpty, let root = try? JSONDocument(parsing: body).root else { return false }
        return contains(raw, in: root)
    }

    private func contains(_ raw: JSONValue, in value: JSONValue) -> Bool {
        switch value.kind {
        case .object:
            WithheldMembers.isRest(raw, of: value, without: paths)
                || value.members.contains { contains(raw, in: $0.value) }
        case .array: value.elements.contains { contains(raw, in: $0) }
        default: false
        }
    }

    private static func isRest(_ raw: JSONValue, of whole: JSONValue, without paths: [ArraySlice<String?>]) -> Bool {
        if paths.isEmpty { return raw.rawBytes.elementsEqual(whole.rawBytes) }
        guard raw.kind == whole.kind else { return false }
        switch whole.kind {
        case .object:
            var left = Array(raw.members)[...]
            for member in whole.members {
                let inner = paths.filter { $0.first == .some(nil) || $0.first == member.name }.map { $0.dropFirst() }
                if inner.contains(where: \.isEmpty) { continue }
                guard let kept = left.popFirst(), kept.name == member.name,
                    isRest(kept.value, of: member.value, without: inner)
                else { return false }
            }
            return left.isEmpty
        case .array:
            let kept = Array(raw.elements)
            let elements = Array(whole.elements)
            return kept.count == elements.count
                && elements.indices.allSatisfy { index in
                    let inner = paths.filter { $0.first == .some(nil) || $0.first == String(index) }
                    return isRest(kept[index], of: elements[index], without: inner.map { $0.dropFirst() })
                }
        default: return raw.rawBytes.elementsEqual(whole.rawBytes)
        }
    }
}
