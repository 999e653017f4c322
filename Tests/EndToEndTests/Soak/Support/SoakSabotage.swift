import Foundation
import PlatformSimulator
import Synchronization

/// A deliberate wrong that a soak must end with: `TAPEDECK_SOAK_SABOTAGE` names it.
enum SoakSabotage: Sendable {
    /// `loss`, `repeat`, `file`, …: something is done to the archive of the program after a run in the midst of all.
    case archive(ArchiveWrong)
    /// `refusal`: a platform goes on refusing when everything is to come to its end.
    case refusal
    /// `descriptor`, `memory`: the host that stays leaves a descriptor open with every run, or keeps two megabytes.
    case descriptor, memory
    /// `gone`, `thrown`: the process of the host that stays ends, or a run of it throws.
    case gone, thrown

    static let wanted = ProcessInfo.processInfo.environment["TAPEDECK_SOAK_SABOTAGE"].flatMap { Self(name: $0) }

    init?(name: String) {
        let others: [String: SoakSabotage] = [
            "refusal": .refusal, "descriptor": .descriptor, "memory": .memory, "gone": .gone, "thrown": .thrown,
        ]
        guard let sabotage = ArchiveWrong(rawValue: name).map(SoakSabotage.archive) ?? others[name] else { return nil }
        self = sabotage
    }

    /// Does it to an archive after a run that was not cut off, if there is enough of it.
    func apply(to data: URL, afterTurn number: Int) throws {
        guard case .archive(let wrong) = self, number > 5 else { return }
        try wrong.apply(to: data)
    }

    /// What the platforms do wrong when everything is to come to its end.
    var lastFaults: [Fault] {
        guard case .refusal = self else { return [] }
        return [Fault(.serverError(404), on: .endpoint(.kismetCalls))]
    }

    // MARK: The host that stays

    private static let kept = Mutex<(descriptors: [FileHandle], memory: [[UInt8]])>(([], []))

    /// Does it to the process in which a host stays, and says how the run shall have ended instead.
    func afterRun() -> String? {
        Self.kept.withLock { kept in
            switch self {
            case .descriptor:
                if let file = FileHandle(forReadingAtPath: "/dev/null") { kept.descriptors.append(file) }
            case .memory: kept.memory.append([UInt8](repeating: 1, count: 2 << 20))
            case .gone: exit(1)
            case .thrown: return "threw this"
            case .archive, .refusal: break
            }
            return nil
        }
    }
}
