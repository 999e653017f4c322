/// The manifests of the connectors that are declared rather than written, carried inside the program.
public enum BundledManifests {
    /// Every manifest, in the order of its connector's id.
    ///
    /// Each is the file as it lies beside its README: JSON5 in UTF-8. The name is that of the file, for messages.
    public static var all: [(name: String, bytes: [UInt8])] {
        [
            (name: "daily.json5", bytes: PackageResources.daily_json5),
            (name: "zoom.json5", bytes: PackageResources.zoom_json5),
        ]
    }
}
