public import RecordingKit

extension KismetSource {
    /// What the Kismet connector is and needs: its settings and its credentials.
    public static let connector = ConnectorDescriptor(
        id: "kismet",
        name: "Kismet Health",
        summary: "Call recordings (egresses) of one organization, who created, changed or read each, and their files.",
        baseURL: "https://api.kismethealth.com/api/external",
        authentication: .headers([
            (name: "X-Client-ID", setting: "clientID"),
            (name: "X-Client-Secret", setting: "clientSecret"),
        ]),
        settings: [
            SettingField("clientID", .string, help: "Client ID of the organization.", isRequired: true, isSecret: true),
            SettingField(
                "clientSecret",
                .string,
                help: "Client secret; the dashboard shows it once.",
                isRequired: true,
                isSecret: true
            ),
            SettingField(
                "calls",
                .list(.object(callFields)),
                help: "Calls to read; without it, all calls of all users of the organization."
            ),
            SettingField(
                "settlingDays",
                .integer(0...3_650),
                help:
                    "For how many days after its last change a call that ended is asked again whether it has recordings now.",
                default: .integer(90)
            ),
        ],
        produces: [.recordings, .accessEvents, .media],
        credentialAdvice: """
            Kismet takes the headers X-Client-ID and X-Client-Secret from clientID and clientSecret; check both against the Kismet Dashboard; a secret is shown once, so a lost \
            one must be made anew. They belong to one organization and see its users alone.
            """,
        windowRules: .unfiltered,
        requestIDHeader: "X-Request-Id",
        media: mediaOffer,
        completeness: .reconciled
    )

    private static let callFields = [
        SettingField("organizationUserID", .identifier, help: "Id of the organization user.", isRequired: true),
        SettingField("callID", .identifier, help: "Id of the call.", isRequired: true),
    ]
}
