// A connector reads members of the platform's JSON in every line of its mapping, so the kit brings the values' module along: with
// `MemberImportVisibility` a connector would otherwise need a second import for what the kit itself hands it.
@_exported public import RawJSON
