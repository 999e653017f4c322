import RawJSON
import RecordingKit

extension MemberReader {
    /// A required template for credentials, such as `Token {apiKey}`.
    mutating func template(_ name: String) throws -> CredentialTemplate {
        guard let template = try? CredentialTemplate(parsing: requiredText(name)) else {
            throw wrong(name, "text with settings in braces")
        }
        return template
    }

    /// Named templates for credentials; empty when the member is absent.
    mutating func credentialFields(_ name: String) throws -> [CredentialField] {
        try pairs(name).map { field in
            guard let template = try? CredentialTemplate(parsing: field.value) else {
                throw wrong(name, "an object of texts with settings in braces")
            }
            return CredentialField(field.name, template)
        }
    }
}

extension JSONWriter {
    /// Writes a member that is an object of templates, unless there are none.
    mutating func member(_ name: JSONName, _ fields: [CredentialField]) {
        guard !fields.isEmpty else { return }
        self.name(name)
        beginObject()
        for field in fields {
            self.name(field.name)
            string(field.value.description)
        }
        endObject()
    }
}
