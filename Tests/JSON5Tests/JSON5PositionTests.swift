import JSON5
import Testing

@Suite("JSON5 positions")
struct JSON5PositionTests {
    @Test("gives each node and each name its place")
    func nested() throws {
        let text = "{\n  a: [1,\n\t-2, 'x'],\r\n  \"b\" : {c:\rtrue}}"
        let root = try JSON5Document(parsing: text).root
        #expect(places(of: root) == ["1:1", "a 2:3", "2:6", "2:7", "3:2", "3:6", "b 4:3", "4:9", "c 4:10", "5:1"])
    }

    @Test("counts scalars, and neither a leading byte order mark nor the second half of CR LF")
    func counting() throws {
        let family = "\u{1F468}\u{200D}\u{1F469}"
        #expect(places(of: try JSON5Document(parsing: "\u{FEFF} ['\(family)',1]").root) == ["1:2", "1:3", "1:9"])
        #expect(places(of: try JSON5Document(parsing: "\r\n\n\r[]").root) == ["4:1"])
        #expect(places(of: try JSON5Document(parsing: "'a\\\nb'").root) == ["1:1"])
        #expect(places(of: try JSON5Document(parsing: "/* \n */ 1").root) == ["2:5"])
        #expect(places(of: try JSON5Document(parsing: "\u{2028}1").root) == ["1:2"])
    }

    @Test("orders places by line, then by column")
    func order() {
        let places = [(2, 1), (1, 2), (1, 1)].map { JSON5Position(line: $0, column: $1) }
        #expect(places.sorted() == places.reversed())
    }

    private func places(of node: JSON5Node) -> [String] {
        var places = [text(node.position)]
        for element in node.elements ?? [] { places += self.places(of: element) }
        for member in node.members ?? [] {
            places.append("\(member.name) \(text(member.namePosition))")
            places += self.places(of: member.value)
        }
        return places
    }

    private func text(_ position: JSON5Position) -> String { "\(position.line):\(position.column)" }
}
