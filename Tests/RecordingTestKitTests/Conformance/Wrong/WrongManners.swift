import RecordingKit
import RecordingTestKit

/// Connectors that say, ask or show what they must not.
extension TapeConnector {
    /// Has a summary that is no sentence.
    static var speakingInFragments: TapeConnector {
        TapeConnector(descriptor: TapeConnector.descriptor(summary: "Tapes"))
    }

    /// Asks for something that nobody has recorded.
    static var askingForMore: TapeConnector {
        var connector = TapeConnector()
        connector.check = { api in
            _ = try await api.send(.get("/boxes", query: [QueryItem("limit", "1")]))
            _ = try await api.send(.get("/health"))
        }
        return connector
    }

    /// Lets a credential through that is not marked as one.
    static var seeingCredentials: TapeConnector {
        TapeConnector(
            descriptor: TapeConnector.descriptor(
                authentication: .headers([
                    (name: "X-Key", setting: "apiKey"), (name: "X-Session", setting: "sessionToken"),
                ]),
                settings: [SettingField("sessionToken", .string, help: "Token of the session.")]
            )
        )
    }

    /// Shows the account's name.
    static var showingLogins: TapeConnector {
        var connector = TapeConnector()
        connector.label = { box, settings in "box \(box) of \(settings.string("login") ?? "nobody")" }
        return connector
    }

    /// Shows an e-mail.
    static var showingPeople: TapeConnector {
        var connector = TapeConnector()
        connector.label = { box, _ in "box \(box) of ann@tapes.example" }
        return connector
    }

    /// Leaves an entry in the audit trail with every check.
    static var leavingTraces: TapeConnector {
        var connector = TapeConnector()
        connector.check = { api in
            var request = APIRequest.get("/boxes", query: [QueryItem("limit", "1")])
            request.auditCost = 1
            _ = try await api.send(request)
        }
        return connector
    }

    /// Takes a file that is gone for a failure.
    static var throwingWhatIsGone: TapeConnector {
        var connector = TapeConnector()
        connector.media = { try await TapeConnector.link(of: $0, $1) }
        return connector
    }
}
