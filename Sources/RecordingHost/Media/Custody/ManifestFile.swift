/// The name of the manifest, which others must agree on.
package enum ManifestFile {
    /// The file's name in the media folder; files whose names begin with it are earlier chains that were moved aside.
    package static let name = "manifest.jsonl"
}
