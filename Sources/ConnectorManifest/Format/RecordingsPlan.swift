import RawJSON
import RecordingKit

/// How the recordings of a listing are read, and where in a row things are.
struct RecordingsPlan: Sendable {
    var rows: RowsPlan
    var bind: [Binding] = []
    var id: ValueExpression
    var title: ValueExpression?
    var startedAt: ValueExpression?
    var endedAt: ValueExpression?
    var createdAt: ValueExpression?
    var updatedAt: ValueExpression?
    var status = StatusPlan()
    var rawStatus: ValueExpression?
    var error: ValueExpression?
    var host = PersonPlan()
    var site: ValueExpression?
    var context: [Binding] = []
    var parameters: [Binding] = []
    /// Whether the page's item rather than the row is kept.
    var keepsItem = false
    var withholding: Withholding?
    var accessRevision: [ValueExpression] = []
    var accessSummary: SummaryPlan?
    var echo: EchoPlan?
    var splitAbove: SplitPlan?

    /// The names that decide which recordings there are, and what they are called.
    var tellingNames: Set<String> {
        Set(rows.request.names + (rows.condition?.names ?? []) + bind.flatMap(\.value.names) + id.names)
    }
}

/// How a status is found: the first case that holds, else the value.
struct StatusPlan: Sendable {
    var cases: [(when: Condition, result: RecordingStatus)] = []
    var value: ValueExpression?
}

/// Where someone's name, address and id are.
struct PersonPlan: Sendable {
    var id: ValueExpression?
    var name: ValueExpression?
    var email: ValueExpression?
}

/// Where counters are.
struct SummaryPlan: Sendable {
    /// A request for one recording's counters; nil when they are in its row.
    var rows: RowsPlan?
    var views: ValueExpression?
    var downloads: ValueExpression?
}

/// The range that an answer says it covers.
struct EchoPlan: Sendable {
    var from: ValueExpression?
    var to: ValueExpression?
}

/// When a window is halved.
struct SplitPlan: Sendable {
    var total: JSONPointer
    var limit: Int64
}

/// How is read who accessed a recording.
struct EventsPlan: Sendable {
    var condition: Condition?
    var rows: RowsPlan
    /// The platform's own id; nil when `identity` tells events apart.
    var id: ValueExpression?
    var identity: [ValueExpression] = []
    var actor = PersonPlan()
    var actions: ActionsPlan
    var occurredAt: ValueExpression?
    var changes: ValuePath?
    var withholding: Withholding?
    var belongsTo: OwnerPlan?
    /// By which rules `since` is rounded.
    var sinceRules: WindowRules
}

/// What was done: all cases that hold, or what a value says.
enum ActionsPlan: Sendable {
    case cases([(when: Condition, result: AccessAction)])
    case value(ValueExpression)
}

/// Where something says which recording it is about.
struct OwnerPlan: Sendable {
    var pointer: JSONPointer
    var expected: TextTemplate
}

/// How links to files are had.
struct MediaPlan: Sendable {
    /// Why a file is not to be had.
    struct Answer: Sendable {
        enum Kind: String, Sendable {
            case pending
            case forbidden
            case gone
        }

        var kind: Kind
        var reason: String
    }

    var request: RequestPlan?
    var offer: MediaOffer
    var belongsTo: OwnerPlan?
    var links: [LinkPlan]
    var otherwise: [(when: Condition?, answer: Answer)] = []
    var onError: [TapedeckError.Code: Answer] = [:]
}

/// Where links are in an answer.
struct LinkPlan: Sendable {
    var each: ValuePath?
    var condition: Condition?
    var takesFirst = false
    var rendition: ValueExpression?
    var url: ValueExpression
    var expiresAt: ValueExpression?
    var lifetime: Duration?
    /// Nil when it is not known; the link's own path when ``takesExtensionOfURL``.
    var fileExtension: ValueExpression?
    var takesExtensionOfURL = false
    var bytes: ValueExpression?
    var sendsCredentials = false
}
