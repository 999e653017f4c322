import RawJSON
import RecordingKit

/// Takes the fields out of one row and counts those that are not what was declared.
struct RowReader {
    let row: JSONValue?
    let names: NameScope
    private(set) var tally = FaultTally()

    init(_ row: JSONValue?, _ names: NameScope) {
        self.row = row
        self.names = names
    }

    /// The value of a field as it comes.
    mutating func result(_ value: ValueExpression?, _ field: String) -> ValueResult {
        guard let value else { return .absent }
        let result = value.evaluate(row: row, names: names)
        if case .failed = result {
            tally.addFailedValue(of: field)
            return .absent
        }
        return result
    }

    /// The text of a field.
    mutating func text(_ value: ValueExpression?, _ field: String) -> String? { result(value, field).text }

    /// The instant of a field; anything else than a time counts as not what was declared.
    mutating func time(_ value: ValueExpression?, _ field: String) -> Timestamp? {
        switch result(value, field) {
        case .time(let time): return time
        case .absent: return nil
        default:
            tally.addFailedValue(of: field)
            return nil
        }
    }

    /// The counter of a field, which is never negative.
    mutating func count(_ value: ValueExpression?, _ field: String) -> Int64? {
        switch result(value, field) {
        case .integer(let number) where number >= 0: return number
        case .absent: return nil
        case .text(let text):
            if let number = Int64(text), number >= 0 { return number }
            tally.addFailedValue(of: field)
            return nil
        default:
            tally.addFailedValue(of: field)
            return nil
        }
    }

    /// Someone's name, address and id.
    mutating func person(_ plan: PersonPlan, _ field: String) -> Person {
        Person(
            id: text(plan.id, "\(field).id"),
            name: text(plan.name, "\(field).name"),
            email: text(plan.email, "\(field).email")
        )
    }
}
