public import RecordingKit

extension WebexSource {
    /// What the Webex connector is and needs: its settings, limits, scopes and time ranges.
    public static let connector = ConnectorDescriptor(
        id: "webex",
        name: "Cisco Webex",
        summary: "Recordings of Webex sites, how often each was viewed and downloaded, who did it, and their files.",
        baseURL: "https://webexapis.com/v1",
        authentication: .firstConfigured([
            .bearer(setting: "accessToken"),
            .oauthRefreshToken(
                OAuthSettings(
                    tokenEndpoint: "/access_token",
                    clientID: "oauth.clientID",
                    clientSecret: "oauth.clientSecret"
                ),
                refreshToken: "oauth.refreshToken"
            ),
        ]),
        settings: [
            SettingField(
                "accessToken",
                .string,
                help: "Access token; either this or oauth must be given.",
                isSecret: true
            ),
            SettingField("oauth", .object(oauthFields), help: "Integration or Service App whose tokens are renewed."),
            SettingField(
                "sites",
                .oneOrMore(.string),
                help: "Sites to read: \"preferred\", \"all\", or site addresses such as example.webex.com.",
                default: "preferred"
            ),
            SettingField(
                "hostEmail",
                .oneOrMore(.string),
                help: "Hosts whose recordings are read, by e-mail, or \"all\"; needs admin scopes."
            ),
            SettingField("from", .timestamp, help: "Nothing that was recorded before this is read."),
        ],
        produces: [.recordings, .accessSummaries, .accessEvents, .media],
        credentialAdvice: """
            The token needs the scope meeting:recordings_read, for media too. With hostEmail it needs meeting:admin_recordings_read and \
            an account that is Full Administrator or Content Administrator; with sites "all" also meeting:preferences_read \
            (admins: meeting:admin_preferences_read). Personal tokens end after 12 hours; refresh tokens end after \
            90 days without use.
            """,
        windowRules: WindowRules(longestSpan: .seconds(90 * 86_400), horizon: .seconds(365 * 86_400)),
        startSetting: "from",
        requestIDHeader: "trackingid",
        // Every recording has a main file, whatever its format; asking costs nothing.
        media: MediaOffer(mainRendition: WebexMedia.video),
        completeness: .plausible(because: "Webex gives no totals to hold against what came")
    )

    private static let oauthFields = [
        SettingField("clientID", .string, help: "Client ID of the integration.", isRequired: true),
        SettingField("clientSecret", .string, help: "Client secret.", isRequired: true, isSecret: true),
        SettingField("refreshToken", .string, help: "First refresh token.", isRequired: true, isSecret: true),
    ]
}
