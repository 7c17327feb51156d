import Foundation
import Glibc
import Logging

/// Log lines for people: `2025-11-04T01:15:00Z info stage done stage=ingest findings=3`.
struct TextLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    let write: @Sendable (String) -> Void

    init(write: @escaping @Sendable (String) -> Void = StandardError.write) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = "\(LogTime.now) \(event.level.rawValue) \(event.message)"
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key }) {
            line += " \(key)=\(TextLogHandler.quoted("\(value)"))"
        }
        write(line.replacing("\n", with: " ") + "\n")
    }

    private static func quoted(_ value: String) -> String {
        guard value.isEmpty || value.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return value }
        return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// Log lines for machines: one JSON object each, with `time`, `level`, `message` and whatever belongs to the event.
struct JSONLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info
    let write: @Sendable (String) -> Void

    init(write: @escaping @Sendable (String) -> Void = StandardError.write) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var entry: [String: String] = [:]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) { entry[key] = "\(value)" }
        entry["time"] = LogTime.now
        entry["level"] = event.level.rawValue
        entry["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A dictionary of strings always encodes.
        guard let line = try? encoder.encode(entry) else { return }
        write(String(decoding: line, as: UTF8.self) + "\n")
    }
}

/// The time of a log line, in UTC to the second.
enum LogTime {
    static var now: String {
        var (instant, parts) = (time(nil), tm())
        gmtime_r(&instant, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension LogOptions {
    /// A log to standard error in the form that was asked for.
    func logger(_ name: String) -> Logger {
        var logger = Logger(label: name) { _ -> any LogHandler in
            switch logFormat {
            case .text: TextLogHandler()
            case .json: JSONLogHandler()
            }
        }
        logger.logLevel = quiet ? .error : .info
        return logger
    }
}
