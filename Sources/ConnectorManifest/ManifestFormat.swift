/// The version of the format in which a connector is declared.
public enum ManifestFormat {
    /// The version that this package reads.
    public static let version = 1
}
