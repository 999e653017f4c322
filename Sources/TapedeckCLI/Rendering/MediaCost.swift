import RecordingKit

extension ConnectorRegistry.Entry {
    /// What asking for media costs; nil when the connector has none, or when no source can be made of these settings.
    ///
    /// A source opens nothing and sends nothing until it is asked for something.
    func mediaOffer(_ settings: [String: SettingValue] = [:]) -> MediaOffer? {
        guard descriptor.produces.contains(.media),
            let source = try? makeSource(descriptor.settings.parse(settings).settings) as? any MediaProviding
        else { return nil }
        return type(of: source).mediaOffer
    }
}
