/// The parameters of a query string or a form body, decoded, in their order.
struct QueryParameters: Sendable {
    struct Item: Sendable {
        let name: String
        /// `nil` when the parameter came without an equals sign.
        let value: String?
    }

    private(set) var items: [Item] = []

    init(items: [Item]) {
        self.items = items
    }

    init(_ bytes: ArraySlice<UInt8>) {
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            if let equals = part.firstIndex(of: UInt8(ascii: "=")) {
                let name = PercentCoding.decode(part[..<equals])
                items.append(Item(name: name, value: PercentCoding.decode(part[(equals + 1)...])))
            } else {
                items.append(Item(name: PercentCoding.decode(part), value: nil))
            }
        }
    }

    /// The first value of a name; a parameter without a value counts as absent.
    subscript(name: String) -> String? {
        for item in items where item.name == name { return item.value }
        return nil
    }

    var encoded: String {
        items.map { item in
            let name = PercentCoding.encode(item.name)
            return item.value.map { "\(name)=\(PercentCoding.encode($0))" } ?? name
        }.joined(separator: "&")
    }
}
