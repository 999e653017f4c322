import RawJSON
import RecordingKit

/// Answers with a meaning of their own, as JSON.
enum ResponseRuleJSON {
    static func read(_ value: JSONValue) throws -> ResponseRule {
        var reader = try MemberReader(value, "response rule")
        let meaning: ResponseRule.Meaning =
            switch try reader.requiredText("means") {
            case "retry": .retry
            case "rate_limited": .rateLimited
            case "unauthorized": .unauthorized
            case let code: .failure(TapedeckError.Code(rawValue: code))
            }
        let rule = ResponseRule(
            statuses: try readStatuses(&reader),
            at: try reader.pointer("at"),
            equals: try reader.scalarOrBoolean("equals"),
            wait: try reader.object("wait").map(readWait),
            meaning: meaning
        )
        try reader.finish(["status", "at", "equals", "wait", "means"])
        return rule
    }

    /// One status, `[first, last]`, or `"any"`.
    private static func readStatuses(_ reader: inout MemberReader) throws -> ClosedRange<Int> {
        guard let value = reader.member("status") else { throw reader.missing("status") }
        if value.string == "any" { return ResponseRule.anyStatus }
        let bounds = (value.kind == .array ? Array(value.elements) : [value, value]).map(\.integer)
        guard bounds.count == 2, let first = bounds[0], let last = bounds[1], 100 <= first, first <= last, last <= 599
        else {
            throw reader.wrong("status", "a status, a list of the first and the last, or \"any\"")
        }
        return Int(first)...Int(last)
    }

    private static func readWait(_ reader: MemberReader) throws -> WaitSignal {
        var reader = reader
        let unit = try reader.waitUnit("as")
        let pointer = try reader.pointer("at")
        let header = try reader.text("header")
        try reader.finish(["at", "header", "as"])
        switch (pointer, header) {
        case (let pointer?, nil): return .body(at: pointer, as: unit)
        case (nil, let header?): return .header(header, as: unit)
        default: throw ProtocolViolation("its response rule waits neither by \"at\" nor by \"header\", or by both")
        }
    }

    static func write(_ rule: ResponseRule, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("status")
        if rule.statuses.count == 1 {
            writer.integer(rule.status)
        } else {
            writer.beginArray()
            writer.integer(rule.statuses.lowerBound)
            writer.integer(rule.statuses.upperBound)
            writer.endArray()
        }
        writer.member("at", rule.pointer)
        writer.member("equals", rule.value)
        if let wait = rule.wait {
            writer.name("wait")
            writer.beginObject()
            switch wait.place {
            case .header(let name): writer.member("header", name)
            case .body(let pointer): writer.member("at", pointer)
            }
            writer.member("as", wait.unit.rawValue)
            writer.endObject()
        }
        switch rule.meaning {
        case .retry: writer.member("means", "retry")
        case .rateLimited: writer.member("means", "rate_limited")
        case .unauthorized: writer.member("means", "unauthorized")
        case .failure(let code): writer.member("means", code.rawValue)
        }
        writer.endObject()
    }
}
