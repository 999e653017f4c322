import Foundation
import RawJSON

extension Fuzzer {
    /// The JSON parser against `JSONSerialization`, its own writer and its own promises about errors.
    static let json = Fuzzer(name: "json") { bytes in
        do {
            let document = try JSONDocument(parsing: bytes)
            demandAgreement(document)
            demandRoundTrip(document.root)
            demandUniqueness(document)
            demandLookUp(document.root)
            demandTruncation(bytes, at: bytes.count / 2)
        } catch let error as JSONError {
            demand((0...bytes.count).contains(error.offset), "the error lies outside of the text: \(error)")
            if error.code != .depthExceeded { demandTruncation(bytes, at: error.offset) }
            if FoundationJSON.accepts(bytes) {
                let isMended = FoundationJSON.isKnownToDiffer(bytes)
                demand(isMended || error.code == .depthExceeded, "the platform accepts what is refused with \(error)")
            }
        } catch {
            stop("an error of another type: \(error)")
        }
    }

    /// What the platform's parser makes of the same text.
    private static func demandAgreement(_ document: JSONDocument) {
        guard let foreign = FoundationJSON.value(of: document.bytes) else {
            demand(FoundationJSON.isKnownToDiffer(document.bytes), "the platform refuses what is accepted")
            return
        }
        demand(FoundationJSON.agrees(foreign, with: document.root), "the platform reads other values")
    }

    /// What is written reads back as the same, whether value by value or as it came.
    private static func demandRoundTrip(_ value: JSONValue) {
        var typed = JSONWriter()
        value.rewrite(into: &typed)
        var raw = JSONWriter()
        raw.raw(value)
        for bytes in [typed.bytes, raw.bytes] {
            demand(!bytes.contains(0x0A) && !bytes.contains(0x0D), "what is written has a line break")
            guard let again = try? JSONDocument(parsing: bytes).root else { stop("what is written cannot be read") }
            demand(again.isSame(as: value), "what is written reads back as something else")
        }
        demand(raw.bytes.count == value.rawBytes.count, "a raw value is written with another length")
    }

    /// Refusing repeated names refuses exactly the texts that have some.
    private static func demandUniqueness(_ document: JSONDocument) {
        let isRefused = (try? JSONDocument(parsing: document.bytes, limits: JSONLimits(duplicateKeys: .reject))) == nil
        demand(isRefused == document.root.repeatsNames, "repeated names are not what is refused")
    }

    /// A member is found by its name, and of several with one name the last.
    private static func demandLookUp(_ value: JSONValue) {
        let members = Array(value.members)
        demand(members.count == value.members.count, "the members are counted wrong")
        for (name, _) in members.prefix(8) {
            let last = members.last { $0.name.utf8.elementsEqual(name.utf8) }
            demand(value[name]?.rawBytes == last?.value.rawBytes, "a member is not found by its name")
        }
        let elements = Array(value.elements)
        demand(elements.count == value.elements.count, "the elements are counted wrong")
        for inner in elements + members.map(\.value) { demandLookUp(inner) }
    }

    /// The bytes before an error, or of any part of a valid text, could still become one.
    private static func demandTruncation(_ bytes: [UInt8], at end: Int) {
        do throws(JSONError) {
            _ = try JSONDocument(parsing: Array(bytes[..<end]))
        } catch {
            demand(error.isTruncation, "the beginning of a text, \(end) bytes, is refused with \(error)")
        }
    }
}

extension JSONValue {
    /// Writes the value piece by piece.
    fileprivate func rewrite(into writer: inout JSONWriter) {
        switch kind {
        case .object:
            writer.beginObject()
            for (name, value) in members {
                writer.name(name)
                value.rewrite(into: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in elements { element.rewrite(into: &writer) }
            writer.endArray()
        case .string: writer.string(string ?? "")
        case .number: integer.map { writer.integer($0) } ?? writer.rawNumber(numberText ?? "")
        case .boolean: writer.boolean(boolean ?? false)
        case .null: writer.null()
        }
    }

    /// Whether both hold the same, members in the same order; whole numbers may be written in another way.
    func isSame(as other: JSONValue) -> Bool {
        guard kind == other.kind else { return false }
        switch kind {
        case .object:
            return members.count == other.members.count
                && zip(members, other.members).allSatisfy {
                    $0.name.utf8.elementsEqual($1.name.utf8) && $0.value.isSame(as: $1.value)
                }
        case .array:
            return elements.count == other.elements.count
                && zip(elements, other.elements).allSatisfy { $0.isSame(as: $1) }
        case .string: return (string ?? "").utf8.elementsEqual((other.string ?? "").utf8)
        case .number:
            return integer.map { $0 == other.integer } ?? (numberText == other.numberText && other.integer == nil)
        case .boolean: return boolean == other.boolean
        case .null: return true
        }
    }

    /// Whether any object in the value has a name twice.
    fileprivate var repeatsNames: Bool {
        var names: Set<[UInt8]> = []
        return members.contains { !names.insert(Array($0.name.utf8)).inserted || $0.value.repeatsNames }
            || elements.contains(where: \.repeatsNames)
    }
}
