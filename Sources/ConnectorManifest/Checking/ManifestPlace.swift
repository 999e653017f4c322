import JSON5

/// A value of a manifest with the keys and positions that lead to it.
struct ManifestPlace: Sendable {
    let node: JSON5Node
    let path: String

    /// The value of a key, or nil when there is none.
    func member(_ name: String) -> ManifestPlace? {
        node[name].map { ManifestPlace(node: $0, path: ManifestPlace.join(path, name)) }
    }

    /// The members in the order of the file; none when it is no object.
    var members: [(name: String, place: ManifestPlace)] {
        (node.members ?? []).map { member in
            (name: member.name, place: ManifestPlace(node: member.value, path: ManifestPlace.join(path, member.name)))
        }
    }

    /// The elements of a list; none when it is no list.
    var elements: [ManifestPlace] {
        (node.elements ?? []).enumerated().map { ManifestPlace(node: $1, path: "\(path)[\($0)]") }
    }

    /// The elements of a list, or the value itself where one stands for a list of one.
    var oneOrMore: [ManifestPlace] { node.elements == nil ? [self] : elements }

    /// Whether it is a list.
    var isList: Bool { node.elements != nil }

    /// Whether it is an object.
    var isObject: Bool { node.members != nil }

    /// The truth value, or nil.
    var boolean: Bool? { node.boolean }

    /// The whole number, or nil.
    var integer: Int64? { node.number?.integer }

    /// The number, or nil.
    var double: Double? { node.number?.double }

    /// The text, or nil.
    var text: String? { node.string }

    /// The text of a text, number or truth value; nil for anything else.
    var scalarText: String? {
        if let number = node.number { return number.scalarText }
        return node.boolean.map { $0 ? "true" : "false" } ?? node.string
    }

    /// The path of a key.
    static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

extension JSON5Number {
    /// The digits as JSON writes them; nil for what JSON cannot write.
    var scalarText: String? {
        if let integer { return String(integer) }
        guard let double, double.isFinite else { return nil }
        let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        return isPlain && text.first != "." && text.last != "." ? text : double.description
    }
}
