import Foundation
import JSON5
import Testing

@Suite("JSON is JSON5")
struct JSONCompatibilityTests {
    @Test("reads a generated JSON document as its tree", arguments: 0..<200)
    func generated(seed: Int) throws {
        var generator = JSONGenerator(seed: UInt64(seed))
        let document = generator.document(depth: 5)
        let root = try JSON5Document(parsing: document.text).root
        #expect(root.rendering == document.rendering)
        let object = try JSONSerialization.jsonObject(with: Data(document.text.utf8), options: .fragmentsAllowed)
        #expect(agrees(root, with: object))
    }

    @Test("never traps on a damaged document", arguments: 0..<200)
    func damaged(seed: Int) {
        var generator = JSONGenerator(seed: UInt64(seed))
        let bytes = Array(generator.document(depth: 4).text.utf8)
        for _ in 0..<50 {
            var damaged = bytes
            let place = Int.random(in: damaged.indices, using: &generator.random)
            if Bool.random(using: &generator.random) {
                damaged.removeSubrange(place...)
            } else {
                damaged[place] = UInt8.random(in: 0...255, using: &generator.random)
            }
            do {
                _ = try JSON5Document(parsing: damaged)
            } catch {
                #expect(error.position.line >= 1 && error.position.column >= 1)
            }
        }
    }

    /// Compares with Foundation's reading; it folds numbers, so they are compared by value.
    private func agrees(_ node: JSON5Node, with object: Any) -> Bool {
        switch (node.value, object) {
        case (.null, is NSNull): true
        case (.string(let string), let other as String): string == other
        case (.array(let elements), let others as [Any]):
            elements.count == others.count && zip(elements, others).allSatisfy { agrees($0, with: $1) }
        case (.object(let members), let others as [String: Any]):
            members.count == others.count
                && members.allSatisfy { member in others[member.name].map { agrees(member.value, with: $0) } ?? false }
        case (.boolean(let boolean), let other as NSNumber): other.boolValue == boolean
        case (.number(let number), let other as NSNumber):
            number.integer.map { $0 == other.int64Value } ?? (number.double == other.doubleValue)
        default: false
        }
    }
}
