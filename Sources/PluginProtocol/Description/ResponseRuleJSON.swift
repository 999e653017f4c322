import RawJSON
import RecordingKit

/// Answers with a meaning of their own, as JSON.
enum ResponseRuleJSON {
    static func read(_ value: JSONValue) throws -> ResponseRule {
        var reader = try MemberReader(value, "response rule")
        guard let status = try reader.count("status") else { throw reader.missing("status") }
        let meaning: ResponseRule.Meaning =
            switch try reader.requiredText("means") {
            case "retry": .retry
            case "rate_limited": .rateLimited
            case "unauthorized": .unauthorized
            case let code: .failure(TapedeckError.Code(rawValue: code))
            }
        let rule = ResponseRule(
            status: status,
            at: try reader.pointer("at"),
            equals: try reader.scalar("equals"),
            meaning: meaning
        )
        try reader.finish(["status", "at", "equals", "means"])
        return rule
    }

    static func write(_ rule: ResponseRule, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("status", rule.status)
        writer.member("at", rule.pointer)
        writer.member("equals", rule.value)
        switch rule.meaning {
        case .retry: writer.member("means", "retry")
        case .rateLimited: writer.member("means", "rate_limited")
        case .unauthorized: writer.member("means", "unauthorized")
        case .failure(let code): writer.member("means", code.rawValue)
        }
        writer.endObject()
    }
}
