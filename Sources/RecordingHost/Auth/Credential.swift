import RecordingKit

/// What authorises a request, and which of a sequence of credentials it is.
struct Credential: Sendable, CustomStringConvertible, CustomReflectable {
    /// A parameter of the query that carries a secret.
    struct Parameter: Sendable {
        let name: String
        let value: Secret
    }

    let fields: [HTTPHeaders.Field]
    let generation: Int
    var parameters: [Parameter] = []
    var signer: RequestSigner?

    /// Never shows what it holds.
    var description: String { "credential \(generation)" }

    /// A mirror without children.
    var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

    /// Authorises a request to which nothing is added any more.
    ///
    /// - Throws: `TapedeckError` when it cannot be signed.
    func authorize(_ method: String, _ url: inout HTTPURL, _ headers: inout HTTPHeaders, body: [UInt8]?) throws {
        for parameter in parameters {
            url = url.removingQuery(parameter.name).addingQuery(parameter.name, parameter.value.revealed)
        }
        for field in fields { headers.set(field.name, field.value) }
        let signature = try signer?.fields(method: method, url: url, body: body) ?? []
        for field in signature { headers.set(field.name, field.value) }
    }

    /// Takes out of a request what only the source's own origin may see, set by whomever.
    func withdraw(from headers: inout HTTPHeaders) {
        let names = fields.map(\.name) + (signer?.settings.fields.map(\.name) ?? [])
        for name in names + ["Authorization", "Cookie", "Proxy-Authorization"] { headers.remove(name) }
    }

    /// A place that the platform named, without what it repeats of the credential.
    func cleaning(_ url: HTTPURL) -> HTTPURL {
        parameters.reduce(url) { $0.removingQueryValue($1.value.revealed) }
    }
}
