/// Why a simulator could not start.
package enum SimulatorError: Error, Equatable, Sendable {
    /// A socket call failed; the number is the system's error code.
    case socket(call: String, code: Int32)
    /// No thread could be made.
    case thread(code: Int32)
    /// The plan contradicts itself.
    case plan(String)
    /// The simulator runs already.
    case running
}
