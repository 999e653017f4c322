/// What a connector is and needs, as data: help, checks, schema, limits and authentication derive from it.
public struct ConnectorDescriptor: Sendable {
    /// The id in configuration, lower case with underscores.
    public let id: String
    /// The platform's name for people.
    public let name: String
    /// What the connector reads, in one sentence.
    public let summary: String
    /// The kinds of record that it yields.
    public let produces: [RecordKind]
    /// The settings that it takes; `baseURL` and `allowInsecureHTTP` are among them without being declared.
    public let settings: SettingsSpecification
    /// How the platform wants its credentials.
    public let authentication: AuthenticationScheme
    /// What to check when the credentials are rejected: scopes, roles, headers.
    public let credentialAdvice: String
    /// How hard the platform may be asked, unless the configuration says otherwise.
    public let limits: ConnectorLimits
    /// What the platform says about time ranges.
    public let windowRules: WindowRules
    /// The setting, a time, that says from when on recordings are wanted; nil when there is none.
    ///
    /// The host asks for nothing before it, and warns when it lies before what the platform still has.
    public let startSetting: String?
    /// Answers that mean something else on this platform than the host's table says.
    public let responseRules: [ResponseRule]
    /// The platform's own header fields about its limits, read besides the well-known ones.
    public let rateSignals: RateSignals
    /// Further origins to which links with ``MediaLink/sendsCredentials`` may carry the source's credentials, over https alone.
    public let credentialOrigins: [OriginPattern]
    /// The header field in which the platform gives its own id of a request.
    public let requestIDHeader: String?
    /// How sure it is that a listing which was read to its end has everything.
    public let completeness: Completeness
    /// What asking for media costs, and what is reported where there are none; nil for a connector without media.
    public let media: MediaOffer?
    /// What is taken out of the platform's objects before they become `raw`, because it is a password or carries a credential.
    ///
    /// Each is a JSON Pointer into the object (RFC 6901), in which `*` stands for every member or element.
    public let withheld: [String]

    /// Describes a connector.
    ///
    /// - Parameters:
    ///   - id: lower case with underscores, unique in a registry.
    ///   - name: the platform's name for people.
    ///   - summary: one sentence.
    ///   - baseURL: the platform's own address, the default of the setting `baseURL`.
    ///   - authentication: how credentials are sent.
    ///   - settings: what an operator configures.
    ///   - produces: the kinds of record; default recordings only.
    ///   - credentialAdvice: what to check when credentials are rejected.
    ///   - limits: default 8 requests at once, no rate, waits of at most 15 minutes.
    ///   - windowRules: default not filtered by time.
    ///   - startSetting: the setting that says from when on recordings are wanted; default none.
    ///   - responseRules: additions to the host's classification table.
    ///   - rateSignals: header fields about limits that only this platform has; default none.
    ///   - credentialOrigins: where its media may be asked for with the source's credentials; default only its own origin.
    ///   - requestIDHeader: such as `X-Request-Id`.
    ///   - media: what is said of its files; default none, or the default offer when `produces` holds media.
    ///   - completeness: whether the platform gives totals that are held against what came; default it does not.
    ///   - withheld: what is taken out of `raw`; default nothing.
    public init(
        id: String,
        name: String,
        summary: String,
        baseURL: String,
        authentication: AuthenticationScheme,
        settings: [SettingField],
        produces: [RecordKind] = [.recordings],
        credentialAdvice: String = "Check the credentials in the source's settings.",
        limits: ConnectorLimits = ConnectorLimits(),
        windowRules: WindowRules = .unfiltered,
        startSetting: String? = nil,
        responseRules: [ResponseRule] = [],
        rateSignals: RateSignals = RateSignals(),
        credentialOrigins: [OriginPattern] = [],
        requestIDHeader: String? = nil,
        media: MediaOffer? = nil,
        completeness: Completeness = .plausible(because: "the platform gives no totals to hold against what came"),
        withheld: [String] = []
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.produces = produces
        self.settings = SettingsSpecification(fields: SettingField.common(baseURL: baseURL) + settings)
        self.authentication = authentication
        self.credentialAdvice = credentialAdvice
        self.limits = limits
        self.windowRules = windowRules
        self.startSetting = startSetting
        self.responseRules = responseRules
        self.rateSignals = rateSignals
        self.credentialOrigins = credentialOrigins
        self.requestIDHeader = requestIDHeader
        self.completeness = completeness
        self.withheld = withheld
        self.media = media ?? (produces.contains(.media) ? MediaOffer() : nil)
    }
}

/// How hard a platform may be asked.
public struct ConnectorLimits: Sendable, Hashable {
    /// Requests under way at once, from 1 to 256; default 8.
    public var concurrency: Int
    /// Requests a second, or nil to let the host find the rate from the platform's answers; default nil.
    public var requestsPerSecond: Double?
    /// The longest wait that the platform may ask for before the source is stopped; default 15 minutes.
    public var maximumWait: Duration

    /// Sets limits; what is out of range becomes the nearest value in it, and a rate that is not above 0 becomes nil.
    public init(concurrency: Int = 8, requestsPerSecond: Double? = nil, maximumWait: Duration = .seconds(900)) {
        self.concurrency = min(max(concurrency, 1), 256)
        self.requestsPerSecond = requestsPerSecond.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
        self.maximumWait = max(maximumWait, .zero)
    }
}
