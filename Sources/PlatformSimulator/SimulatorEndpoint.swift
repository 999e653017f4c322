/// The platforms that the simulator plays.
package enum SimulatedPlatform: String, Sendable, CaseIterable {
    case kismet
    case webex
}

/// The endpoints, each with its path template as the raw value.
package enum SimulatorEndpoint: String, Sendable, CaseIterable {
    case kismetOrganizationUsers = "/api/external/organization_users"
    case kismetCalls = "/api/external/organization_users/{uid}/calls"
    case kismetCall = "/api/external/organization_users/{uid}/calls/{id}"
    case kismetEgresses = "/api/external/organization_users/{uid}/calls/{call}/egresses"
    case kismetEgress = "/api/external/organization_users/{uid}/calls/{call}/egresses/{id}"
    case kismetAuditLogs = "/api/external/organization_users/{uid}/calls/{call}/egresses/{id}/audit_logs"
    case webexAccessSummary = "/v1/recordingReport/accessSummary"
    case webexAccessDetail = "/v1/recordingReport/accessDetail"
    case webexRecordings = "/v1/recordings"
    case webexRecording = "/v1/recordings/{id}"
    case webexSites = "/v1/meetingPreferences/sites"
    case webexAccessToken = "/v1/access_token"
    case unknown = "*"

    /// The platform, or `nil` for a path that belongs to none.
    package var platform: SimulatedPlatform? {
        if self == .unknown { return nil }
        return rawValue.hasPrefix("/v1/") ? .webex : .kismet
    }
}
