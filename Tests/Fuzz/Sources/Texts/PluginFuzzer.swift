import RawJSON
import RecordingKit

@testable import PluginProtocol

extension Fuzzer {
    /// The lines between host and connector: cut alike however they arrive, and what is read can be written and read again.
    static let plugin = Fuzzer(name: "plugin") { bytes in
        let longest = 1 << 16
        let whole = lines(bytes, piece: max(1, bytes.count), longest: longest)
        for piece in [1, 2, 7, 64] {
            demand(lines(bytes, piece: piece, longest: longest) == whole, "pieces of \(piece) bytes make other lines")
        }
        let short = lines(bytes, piece: 4, longest: 5)
        demand(short.allSatisfy { $0.count <= 5 && !$0.contains(0x0A) }, "a line that is too long is handed over")
        var items: [JSONValue] = []
        for line in whole {
            guard let message = try? JSONDocument(parsing: line).root else { continue }
            demandPluginMessage(message, items: items)
            demandHostMessage(line)
            if message.kind == .array { items = Array(message.elements) }
        }
    }

    /// The lines that pieces of a size make, as far as none is too long.
    private static func lines(_ bytes: [UInt8], piece: Int, longest: Int) -> [[UInt8]] {
        var splitter = LineSplitter(longestLine: longest)
        var lines: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let end = min(start + piece, bytes.count)
            guard (try? splitter.take(bytes[start..<end], { lines.append($0) })) != nil else { break }
            start = end
        }
        return lines
    }

    private static func demandPluginMessage(_ value: JSONValue, items: [JSONValue]) {
        let message: PluginMessage
        do {
            message = try PluginMessage(value, items: items)
        } catch let violation as ProtocolViolation {
            return demand(!violation.description.contains("\n"), "a complaint on two lines")
        } catch {
            stop("a message is refused with an error of another type: \(error)")
        }
        if case .accessEvents(let rows) = message { demandEvents(rows, of: value) }
        // What refers to items of a page is written out, so that the second writing is the first that can be compared.
        guard let first = try? message.line() else { return }
        guard let once = read(first) else {
            stop("what is written cannot be read: \(String(decoding: first, as: UTF8.self))")
        }
        demand((try? once.line()) == first, "a message changes when it is read and written")
        demandKept(value["records"], first, "records")
        demandNumbers(value, first, ["id", "pager", "whole", "protocol"])
    }

    /// Numbers, lists of them and truth values are written as they were read; none counts as nothing or no.
    private static func demandNumbers(_ message: JSONValue, _ line: [UInt8], _ names: [String]) {
        guard let written = try? JSONDocument(parsing: Array(line.dropLast())).root else { return }
        for name in names {
            let (before, after) = (message[name], written[name])
            demand((before?.integer ?? 0) == (after?.integer ?? 0), "\(name) is written as something else")
            demand((before?.boolean ?? false) == (after?.boolean ?? false), "\(name) is not written")
            let numbers = [before, after].map { $0?.elements.compactMap(\.integer) ?? [] }
            demand(numbers[0] == numbers[1], "\(name) are written as other numbers")
        }
    }

    /// Nothing that is said in words of a row is lost when it is written.
    private static func demandKept(_ rows: JSONValue?, _ line: [UInt8], _ list: String) {
        let written = (try? JSONDocument(parsing: Array(line.dropLast())))?.root[list]
        guard let rows, let written else { return }
        for (before, after) in zip(rows.elements, written.elements) {
            for (name, _) in before.members where before[name]?.string?.isEmpty == false {
                demand(after[name] != nil, "what is said as \(name) is not written")
            }
        }
    }

    private static func read(_ line: [UInt8]) -> PluginMessage? {
        demand(line.last == 0x0A && !line.dropLast().contains(0x0A), "a message is not one line")
        return (try? JSONDocument(parsing: Array(line.dropLast()))).flatMap { try? PluginMessage($0.root) }
    }

    private static func demandEvents(_ rows: AccessEventRows, of message: JSONValue) {
        guard let events = try? rows.events(of: "r") else { return }
        let line = PluginMessage.line(accessEvents: events)
        guard case .accessEvents(let again)? = read(line), let second = try? again.events(of: "r") else {
            stop("events that are written cannot be read")
        }
        demand(PluginMessage.line(accessEvents: second) == line, "events change when they are read and written")
        demandKept(message["events"], line, "events")
    }

    private static func demandHostMessage(_ text: [UInt8]) {
        let message: HostMessage
        do {
            message = try HostMessage(line: text)
        } catch let violation as ProtocolViolation {
            return demand(!violation.description.contains("\n"), "a complaint on two lines")
        } catch {
            stop("a message is refused with an error of another type: \(error)")
        }
        let line = message.line
        guard let again = try? HostMessage(line: Array(line.dropLast())) else {
            stop("what is written cannot be read: \(String(decoding: line, as: UTF8.self))")
        }
        demand(again.line == line, "a message changes when it is read and written")
        guard let value = try? JSONDocument(parsing: text).root else { return }
        switch message {
        case .hello: demandNumbers(value, line, ["protocols"])
        case .page(let page):
            demandNumbers(value, line, ["number", "status"])
            if case .whole = page.content { demandNumbers(value, line, ["dropped"]) }
        default: break
        }
    }
}
