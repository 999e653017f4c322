import RecordingKit

/// Which sites and hosts an operator wants read, and from when on.
struct WebexScope: Sendable {
    /// The sites: the account's preferred one, all that it has, or some.
    enum Sites: Sendable, Hashable {
        case preferred
        case all
        case named([String])
    }

    let sites: Sites
    /// What `hostEmail` is asked with, one listing each; nil asks without it.
    let hosts: [String?]
    let from: Timestamp?

    /// Reads the settings.
    ///
    /// - Throws: ``TapedeckError`` with code `configuration_invalid` when a word such as `all` stands among others, or a site
    ///   is written as a URL.
    init(settings: Settings) throws {
        sites = try WebexScope.sites(settings.strings("sites"))
        hosts = try WebexScope.hosts(settings.strings("hostEmail"))
        from = settings.timestamp("from")
    }

    private static func sites(_ values: [String]) throws -> Sites {
        let names = values.removingRepeats
        switch names {
        case [], ["preferred"]: return .preferred
        case ["all"]: return .all
        default: break
        }
        for name in names {
            guard name != "preferred", name != "all" else {
                throw TapedeckError(.configurationInvalid, "In \"sites\", \"\(name)\" must stand alone.")
            }
            guard name.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "@") }) else {
                throw TapedeckError(
                    .configurationInvalid,
                    "In \"sites\", write each site as its host name alone, such as example.webex.com."
                )
            }
        }
        return .named(names)
    }

    private static func hosts(_ values: [String]) throws -> [String?] {
        let emails = values.removingRepeats
        guard emails.count <= 1 || !emails.contains(everyHost) else {
            throw TapedeckError(.configurationInvalid, "In \"hostEmail\", \"all\" must stand alone.")
        }
        guard emails.allSatisfy({ $0 == everyHost || $0.contains("@") }) else {
            throw TapedeckError(
                .configurationInvalid,
                "Each \"hostEmail\" must be an e-mail address, or \"all\" alone."
            )
        }
        return emails.isEmpty ? [nil] : emails
    }

    /// The word that asks for the recordings of all hosts of a site.
    static let everyHost = "all"
}

extension WebexScope {
    /// The listings of the window, the oldest first: what is about to leave the platform's horizon is read before the rest.
    ///
    /// - Parameters:
    ///   - window: what is wanted; its start is cut down to a whole second, which Webex takes without doubt.
    ///   - sites: the sites' names; nil is the preferred one.
    func listings(in window: TimeWindow, sites: [String?]) -> [Listing] {
        let start = max(window.from, from ?? window.from)
        guard start < window.to else { return [] }
        let pieces = WebexSource.connector.windowRules.split(TimeWindow(from: start.wholeSeconds, to: window.to))
        return pieces.flatMap { piece in
            sites.flatMap { site in
                hosts.indices.map { listing(in: piece, site: site, host: $0) }
            }
        }
    }

    private func listing(in window: TimeWindow, site: String?, host index: Int) -> Listing {
        let host = hosts[index]
        var parameters: [String: String] = [:]
        parameters["siteUrl"] = site
        parameters["hostEmail"] = host
        var label = site ?? "preferred site"
        if host == WebexScope.everyHost {
            label += ", all hosts"
        } else if hosts.count > 1 {
            label += ", host \(index + 1) of \(hosts.count)"
        }
        return Listing(
            key: "\(site ?? "")|\(host ?? "")",
            label: label,
            window: window,
            parameters: parameters
        )
    }
}

extension [String] {
    /// The texts in order, each only once, compared without regard to case.
    fileprivate var removingRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0.lowercased()).inserted }
    }
}
