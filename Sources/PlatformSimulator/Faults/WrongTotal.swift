extension [UInt8] {
    /// Lets a page of Kismet state a larger total; anything else stays as it is.
    mutating func growTotal(by excess: Int) {
        let name = Array("\"total_count\":".utf8)
        guard let start = firstRange(of: name)?.upperBound else { return }
        let end = self[start...].firstIndex { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? endIndex
        guard let total = Int(String(decoding: self[start..<end], as: UTF8.self)) else { return }
        replaceSubrange(start..<end, with: Array(String(total + excess).utf8))
    }
}
