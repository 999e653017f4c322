import RawJSON
import RecordingKit

extension JSONWriter {
    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ text: String?) {
        guard let text else { return }
        self.name(name)
        string(text)
    }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ time: Timestamp?) {
        guard let time else { return }
        self.name(name)
        string(time.description)
    }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ number: Int64?) {
        guard let number else { return }
        self.name(name)
        integer(number)
    }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ number: Int?) { member(name, number.map(Int64.init)) }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ span: Duration?) { member(name, span.map(SpanText.format)) }

    /// Writes a member unless it is nil.
    mutating func member(_ name: JSONName, _ pointer: JSONPointer?) { member(name, pointer?.description) }

    /// Writes a member when it is true.
    mutating func member(_ name: JSONName, ifTrue truth: Bool) {
        guard truth else { return }
        self.name(name)
        boolean(true)
    }

    /// Writes a member as it was received, unless it is nil.
    mutating func member(_ name: JSONName, raw value: JSONValue?) {
        guard let value else { return }
        self.name(name)
        raw(value)
    }

    /// Writes a member that is a list of texts, unless it is empty.
    mutating func member(_ name: JSONName, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self.name(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// Writes a member that is an object of texts, unless it is empty; in the order of its names.
    mutating func member(_ name: JSONName, _ texts: [String: String]) {
        guard !texts.isEmpty else { return }
        self.name(name)
        beginObject()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            self.name(name)
            string(text)
        }
        endObject()
    }
}
