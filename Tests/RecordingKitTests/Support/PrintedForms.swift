/// Every way in which a value ends up in a log by accident: interpolated, debug-printed, dumped, mirrored, and inside others.
func printedForms<Value>(of value: Value) -> [String] {
    var dumped = ""
    dump(value, to: &dumped)
    var nested = ""
    dump(["key": [Optional(value)]], to: &nested)
    let children = Mirror(reflecting: value).children.map { "\($0.label ?? "") \($0.value)" }
    return [
        "\(value)", String(describing: value), String(reflecting: value), "\([value])", "\(Optional(value) as Any)",
        "\(["key": value])", dumped, nested,
    ] + children
}
