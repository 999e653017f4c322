public import RawJSON

/// Where an answer says how long to wait.
public struct WaitSignal: Sendable, Hashable {
    /// The place.
    public enum Place: Sendable, Hashable {
        /// A header field's value.
        case header(String)
        /// Text or a number in a JSON body.
        case body(JSONPointer)
    }

    /// The place.
    public let place: Place
    /// How it is written there.
    public let unit: WaitUnit

    /// A header field.
    public static func header(_ name: String, as unit: WaitUnit = .seconds) -> WaitSignal {
        WaitSignal(place: .header(name), unit: unit)
    }

    /// A value in the JSON body.
    public static func body(at pointer: JSONPointer, as unit: WaitUnit = .seconds) -> WaitSignal {
        WaitSignal(place: .body(pointer), unit: unit)
    }
}
