import JSON5
import RawJSON
import RecordingKit

/// Builds the parts of a connector from a manifest, and notes what cannot be obeyed.
///
/// What the table of keys refuses is noted by ``ShapeChecker`` already: here a value of the wrong kind just counts as absent.
struct ManifestReader {
    let log: ProblemLog

    /// Does what may throw, and notes its problem at a place.
    func attempt<Result>(_ place: ManifestPlace, _ body: () throws(ValueProblem) -> Result) -> Result? {
        do {
            return try body()
        } catch {
            log.add(error, at: place)
            return nil
        }
    }

    /// Notes names that are not known at a place.
    func check(_ used: [String], _ names: KnownNames, at place: ManifestPlace) {
        var seen: Set<String> = []
        for name in used where seen.insert(name).inserted {
            guard let complaint = names.complaint(about: name) else { continue }
            log.add(complaint.message, at: place, suggestion: complaint.suggestion)
        }
    }

    /// Reads a template that no row belongs to.
    func template(_ place: ManifestPlace?, _ names: KnownNames) -> TextTemplate? {
        guard let place, let text = place.scalarText else { return nil }
        guard let template = attempt(place, { () throws(ValueProblem) in try TextTemplate(text) }) else { return nil }
        check(template.names, names, at: place)
        if template.usesRow { log.add("there is no row here for a path to lead into", at: place) }
        return template
    }

    /// Reads a plain pointer.
    func pointer(_ place: ManifestPlace?) -> JSONPointer? {
        place?.text.flatMap { try? JSONPointer(parsing: $0) }
    }

    /// Reads a path with wildcards.
    func path(_ place: ManifestPlace?) -> ValuePath? {
        guard let place, let text = place.text else { return nil }
        return attempt(place) { () throws(ValueProblem) in try ValuePath(text) }
    }

    /// Reads an amount of time.
    func duration(_ place: ManifestPlace?) -> Duration? {
        place?.text.flatMap(TextForm.duration)
    }

    /// Reads a list of error codes that mean that there is nothing there.
    func ignoredCodes(_ place: ManifestPlace?) -> Set<TapedeckError.Code> {
        Set((place?.elements ?? []).compactMap { absenceCode($0.text, at: $0) })
    }

    /// Reads an error code that can mean that something is not there.
    func absenceCode(_ text: String?, at place: ManifestPlace) -> TapedeckError.Code? {
        guard let code = errorCode(text, at: place) else { return nil }
        guard !ErrorCodes.ofAbsence.contains(code) else { return code }
        let known = ErrorCodes.ofAbsence.map(\.rawValue).joined(separator: ", ")
        log.add("\"\(code.rawValue)\" does not say that there is nothing; known here are \(known)", at: place)
        return nil
    }

    /// Reads an error code that an answer can end with.
    func errorCode(_ text: String?, at place: ManifestPlace) -> TapedeckError.Code? {
        guard let text else { return nil }
        let code = TapedeckError.Code(rawValue: text)
        guard !ErrorCodes.ofAnswers.contains(code) else { return code }
        let known = ErrorCodes.ofAnswers.map(\.rawValue)
        let suggestion = nearestName(to: text, among: known)
        let list = suggestion == nil ? "; known are \(known.joined(separator: ", "))" : ""
        log.add("there is no error code \"\(text.shownShort)\" of answers\(list)", at: place, suggestion: suggestion)
        return nil
    }

    /// Reads names with values, such as those that a row binds.
    func bindings(_ place: ManifestPlace?, _ names: KnownNames) -> [Binding] {
        (place?.members ?? []).compactMap { member in
            checkName(member.name, at: member.place)
            return value(member.place, names: names).map { Binding(name: member.name, value: $0) }
        }
    }

    private func checkName(_ name: String, at place: ManifestPlace) {
        let isName =
            name.utf8.first.map { !(0x30...0x39).contains($0) } ?? false
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
                default: false
                }
            }
        guard isName, !["settings", "window", "recording", "since"].contains(name) else {
            return log.add(
                "\"\(name.shownShort)\" cannot be bound: a name is of letters, digits and \"_\", and none of settings, window, "
                    + "recording and since",
                at: place
            )
        }
    }
}
