import RecordingKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The environment variables that name proxies, as libcurl and curl read them.
struct ProxyVariables: Sendable {
    private let http: Secret?
    private let https: Secret?
    private let all: Secret?
    private let exceptions: ProxyExceptions

    /// Reads the variables through `lookUp`.
    init(_ lookUp: (String) -> String?) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap(lookUp).first { !$0.isEmpty }
        }
        let isCGI = value("REQUEST_METHOD") != nil
        http = (isCGI ? value("http_proxy") : value("http_proxy", "HTTP_PROXY")).map(Secret.init)
        https = value("https_proxy", "HTTPS_PROXY").map(Secret.init)
        all = value("all_proxy", "ALL_PROXY").map(Secret.init)
        exceptions = ProxyExceptions(value("no_proxy", "NO_PROXY") ?? "")
    }

    /// The variables of this process.
    static var ofProcess: ProxyVariables {
        ProxyVariables { name in
            guard let value = unsafe getenv(name) else { return nil }
            return unsafe String(cString: value)
        }
    }

    /// The way to `origin`.
    func route(to origin: HTTPOrigin) -> ProxyRoute {
        guard let url = (origin.isSecure ? https : http) ?? all, !exceptions.contain(host: origin.host) else {
            return .direct
        }
        return ProxyRoute(url: url)
    }
}
